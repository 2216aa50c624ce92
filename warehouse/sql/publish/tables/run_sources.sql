CREATE TABLE published.run_sources AS SELECT * FROM run_sources ORDER BY run_id, source;
