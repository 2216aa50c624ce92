INSERT INTO rejects BY NAME SELECT * FROM incoming_rejects ON CONFLICT (reject_id) DO NOTHING RETURNING reject_id;
