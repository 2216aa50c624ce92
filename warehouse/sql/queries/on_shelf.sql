-- Documents of a source on the shelves, in the order in which they stand there.
SELECT url, final_url, source, kind, captured_at, status, charset, digest, run_id, shelf_file, shelf_offset, shelf_length
FROM captures
WHERE source IS NOT DISTINCT FROM $source
    AND (kind = 'page') = $are_pages
    AND ($since IS NULL OR captured_at >= $since)
    AND ($until IS NULL OR captured_at < $until)
ORDER BY shelf_file, shelf_offset;
