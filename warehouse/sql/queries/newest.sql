-- What the catalogue is and what came last; a week's bytes tell how fast the shelves grow.
SELECT
    (SELECT max(number) FROM migrations) AS schema_version,
    a.archive_id,
    a.is_sample,
    a.content_version,
    c.captured_at,
    c.shelf_file,
    c.shelf_offset,
    c.shelf_length,
    c.digest,
    (SELECT coalesce(sum(shelf_length), 0) FROM captures WHERE captured_at > c.captured_at - INTERVAL 7 DAY) AS week_bytes,
    (SELECT max(started_at) FROM runs WHERE kind = 'ingest') AS last_ingest_at
FROM archive AS a LEFT JOIN (SELECT * FROM captures ORDER BY captured_at DESC, shelf_file DESC, shelf_offset DESC LIMIT 1) AS c ON true;
