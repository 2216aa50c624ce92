INSERT INTO published.evidence BY NAME SELECT * FROM incoming_evidence;
