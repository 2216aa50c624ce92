INSERT INTO erasures BY NAME SELECT * FROM incoming_erasures ON CONFLICT (hash) DO NOTHING;
