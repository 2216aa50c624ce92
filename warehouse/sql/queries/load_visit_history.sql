INSERT INTO visit_history BY NAME SELECT * REPLACE (now() AS noted_at) FROM incoming_visit_history;
