CREATE TABLE published.denominators AS SELECT * FROM denominators ORDER BY source_country, language, month;
