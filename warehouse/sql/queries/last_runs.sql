SELECT run_id, kind, started_at, ended_at, state, parameters, summary FROM runs ORDER BY started_at DESC, run_id LIMIT ?;
