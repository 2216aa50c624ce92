-- Columns by which rows hang on an article, a wording or a report, in whatever table.
SELECT table_name, column_name
FROM duckdb_columns()
WHERE NOT internal AND schema_name = 'main' AND database_name = current_database()
    AND column_name IN ('article_id', 'other_id', 'revision_id', 'report_id')
    AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE NOT temporary)
ORDER BY ALL;
