-- The index of some files of the shelves, as `chancery shelves check` holds it against their records.
SELECT shelf_file, shelf_offset, shelf_length, url, final_url, source, kind, captured_at, digest
FROM captures SEMI JOIN asked ON asked.url = captures.shelf_file
ORDER BY shelf_file, shelf_offset;
