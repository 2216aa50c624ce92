INSERT INTO shelf_records BY NAME SELECT * FROM incoming_shelf_records ON CONFLICT (shelf_file, shelf_offset) DO NOTHING;
