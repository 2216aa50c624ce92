INSERT INTO captures BY NAME SELECT * FROM incoming_captures ON CONFLICT (capture_id) DO NOTHING;
