-- Every table, view and column with its comment, in the order in which they are read.
WITH relations AS (
    SELECT table_name, 'table' AS table_kind, comment FROM duckdb_tables() WHERE database_name = current_database() AND NOT internal
    UNION ALL
    SELECT view_name, 'view', comment FROM duckdb_views() WHERE database_name = current_database() AND NOT internal
)
SELECT table_name, table_kind, 0 AS position, NULL AS column_name, NULL AS data_type, comment AS meaning FROM relations
UNION ALL
SELECT c.table_name, r.table_kind, c.column_index, c.column_name, c.data_type, c.comment
FROM duckdb_columns() AS c JOIN relations AS r USING (table_name)
WHERE c.database_name = current_database() AND NOT c.internal
ORDER BY table_name, position;
