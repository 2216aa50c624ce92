INSERT INTO related_links BY NAME SELECT * FROM incoming_related_links ON CONFLICT DO NOTHING;
