-- The view current_<table> has the columns of <table>, and their meanings.
SELECT v.table_name, v.column_name, t.comment
FROM duckdb_columns() AS v
JOIN duckdb_columns() AS t ON 'current_' || t.table_name = v.table_name AND t.column_name = v.column_name
WHERE v.database_name = current_database() AND t.database_name = current_database() AND v.comment IS NULL AND t.comment IS NOT NULL;
