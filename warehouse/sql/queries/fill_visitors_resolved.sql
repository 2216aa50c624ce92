INSERT INTO published.visitors_resolved BY NAME SELECT * FROM incoming_resolved ORDER BY visit_id;
