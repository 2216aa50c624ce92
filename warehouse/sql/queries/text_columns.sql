-- Columns of text in which an address may stand.
SELECT table_name, column_name, data_type
FROM duckdb_columns()
WHERE NOT internal AND schema_name = 'main' AND database_name = current_database()
    AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE NOT temporary)
    AND table_name NOT IN ('erasures', 'migrations', 'archive', 'sources')
    AND data_type IN ('VARCHAR', 'VARCHAR[]');
