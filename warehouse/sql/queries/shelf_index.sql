-- The index of some files of the shelves, as `chancery shelves check` holds it against their records.
SELECT
    shelf_file, shelf_offset, shelf_length, coalesce(shelf_span, shelf_length) AS shelf_span,
    url, final_url, source, kind, captured_at, digest, true AS is_capture
FROM captures SEMI JOIN asked ON asked.url = captures.shelf_file
UNION ALL
SELECT shelf_file, shelf_offset, shelf_length, shelf_length, url, NULL, source, kind, recorded_at, NULL, false
FROM shelf_records SEMI JOIN asked ON asked.url = shelf_records.shelf_file
ORDER BY shelf_file, shelf_offset;
