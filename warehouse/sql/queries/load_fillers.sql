INSERT INTO shelf_records BY NAME SELECT * FROM incoming_shelf_records
ON CONFLICT (shelf_file, shelf_offset) DO UPDATE SET shelf_length = excluded.shelf_length, outcome = excluded.outcome, url = NULL, source = NULL, kind = NULL;
