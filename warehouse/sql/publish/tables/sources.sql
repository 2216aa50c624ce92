CREATE TABLE published.sources AS SELECT * FROM sources ORDER BY source;
