-- Parameters and summaries stay at home: they may name folders of the operator's machine.
CREATE TABLE published.runs AS SELECT run_id, kind, started_at, ended_at, state FROM runs ORDER BY started_at, run_id;
