SELECT level, stage, source, reason, count(*) AS count, max(captured_at) AS last_captured_at, any_value(url) AS example_url
FROM rejects
WHERE ($run_id IS NULL OR run_id = $run_id) AND ($source IS NULL OR source = $source)
GROUP BY level, stage, source, reason
ORDER BY count DESC, level, stage, source, reason
LIMIT $limit;
