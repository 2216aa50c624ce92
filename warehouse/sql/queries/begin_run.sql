INSERT INTO runs (run_id, kind, started_at, state, parameters) VALUES (?, ?, ?, 'running', ?)
ON CONFLICT (run_id) DO NOTHING;
