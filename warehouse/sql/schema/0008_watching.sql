-- What the watch over the sources needs: whose clock a source's days follow, and on which of them it was asked.

ALTER TABLE sources ADD COLUMN timezone VARCHAR;
ALTER TABLE sources ADD COLUMN fetches VARCHAR;
COMMENT ON COLUMN sources.timezone IS 'IANA time zone of its schedule, in which its days are counted; null counts as UTC, as does one that DuckDB does not know.';
COMMENT ON COLUMN sources.fetches IS 'all: every article that its feeds list is fetched; likely: only those that may concern a visit; null until the next run.';

ALTER TABLE run_sources ADD COLUMN day DATE;
ALTER TABLE fetches ADD COLUMN day DATE;
UPDATE run_sources SET day = CAST(timezone('UTC', r.started_at) AS DATE) FROM runs AS r WHERE r.run_id = run_sources.run_id;
UPDATE fetches SET day = CAST(timezone('UTC', asked_at) AS DATE);
COMMENT ON COLUMN run_sources.day IS 'Day on which the run began, by the clock of the source.';
COMMENT ON COLUMN fetches.day IS 'Day on which it was asked, by the clock of the source.';
