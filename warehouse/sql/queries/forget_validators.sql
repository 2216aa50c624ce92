-- Addresses of what was struck that are asked again: with nothing on the shelf "not modified" would say nothing.
DELETE FROM validators WHERE url IN (
    SELECT url FROM captures WHERE (shelf_file, shelf_offset) IN (SELECT shelf_file, shelf_offset FROM incoming_shelf_records)
);
