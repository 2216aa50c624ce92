CREATE TABLE published.reject_reasons AS SELECT * FROM reject_reasons ORDER BY source, level, stage, reason;
