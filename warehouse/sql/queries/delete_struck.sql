DELETE FROM captures WHERE (shelf_file, shelf_offset) IN (SELECT shelf_file, shelf_offset FROM incoming_shelf_records);
