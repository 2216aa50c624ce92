INSERT INTO run_sources BY NAME SELECT * FROM incoming_run_sources
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
    note = excluded.note;
