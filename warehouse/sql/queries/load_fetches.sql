INSERT INTO fetches BY NAME SELECT * FROM incoming_fetches ON CONFLICT (fetch_id) DO NOTHING;
