-- The first run of the ledger: a replay's own catalogue holds one.
SELECT run_id, state, parameters FROM runs ORDER BY started_at LIMIT 1;
