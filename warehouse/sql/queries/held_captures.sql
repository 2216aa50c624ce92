-- Of each asked address, its latest capture: where it stands and the digest of its body.
SELECT
    url,
    arg_max(digest, captured_at) AS digest,
    arg_max(shelf_file, captured_at) AS shelf_file,
    arg_max(shelf_offset, captured_at) AS shelf_offset,
    arg_max(shelf_length, captured_at) AS shelf_length
FROM captures SEMI JOIN asked USING (url)
GROUP BY url;
