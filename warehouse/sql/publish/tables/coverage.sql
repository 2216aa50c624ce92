CREATE TABLE published.coverage AS SELECT * FROM coverage ORDER BY source, day;
