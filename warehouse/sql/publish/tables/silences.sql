CREATE TABLE published.silences AS SELECT * FROM silences ORDER BY source, kind, field;
