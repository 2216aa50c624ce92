-- The day is that on which the run began, by the source's clock.
INSERT INTO run_sources BY NAME
SELECT i.* REPLACE (CAST(timezone(coalesce(s.timezone, 'UTC'), r.started_at) AS DATE) AS day)
FROM incoming_run_sources AS i LEFT JOIN runs AS r USING (run_id) LEFT JOIN sources AS s ON s.source = i.source
ON CONFLICT (run_id, source) DO UPDATE SET
    listed = excluded.listed,
    new = excluded.new,
    unchanged = excluded.unchanged,
    fetched = excluded.fetched,
    read = excluded.read,
    visits = excluded.visits,
    rejects = excluded.rejects,
    seconds = excluded.seconds,
    state = excluded.state,
    note = excluded.note,
    day = excluded.day;
