SELECT
    s.run_id AS run, r.started_at, s.state, s.listed, s.new, s.unchanged, s.fetched, s.read, s.visits, s.rejects,
    s.seconds, s.note
FROM run_sources AS s JOIN runs AS r USING (run_id)
WHERE s.source = $source
ORDER BY r.started_at DESC, s.run_id
LIMIT $limit;
