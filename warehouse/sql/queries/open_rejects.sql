-- Reasons that were met since a moment and concern addresses that were not read later.
SELECT source, level, stage, reason, open_addresses, count, last_at, last_url, shelf_file, shelf_offset
FROM reject_reasons
WHERE last_at >= $since AND (open_addresses > 0 OR level IN ('feed', 'source'))
ORDER BY open_addresses DESC, source, level, stage, reason
LIMIT $limit;
