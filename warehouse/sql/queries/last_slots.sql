-- Of every source, the beginning of the last run that asked it and came to its end.
SELECT s.source, max(r.started_at) AS started_at
FROM run_sources AS s JOIN runs AS r USING (run_id)
WHERE s.state = 'done' AND r.kind = 'ingest' AND ($source IS NULL OR s.source = $source)
GROUP BY s.source;
