INSERT INTO visit_conflicts BY NAME SELECT * FROM incoming_visit_conflicts;
