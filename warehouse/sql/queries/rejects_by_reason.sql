-- Counted by reason; address and shelfmark are those of the latest case.
SELECT
    level, stage, source, reason, count(*) AS count, max(captured_at) AS last_captured_at,
    arg_max(url, captured_at) AS example_url, arg_max(shelf_file, captured_at) AS shelf_file,
    arg_max(shelf_offset, captured_at) AS shelf_offset
FROM rejects
WHERE ($run_id IS NULL OR run_id = $run_id) AND ($source IS NULL OR source = $source)
GROUP BY level, stage, source, reason
ORDER BY count DESC, level, stage, source, reason
LIMIT $limit;
