-- The closed lists of values that the catalogue holds its columns to.
SELECT table_name, constraint_column_names[1] AS column_name, regexp_extract_all(expression, '''([a-z_]+)''', 1) AS vocabulary
FROM duckdb_constraints()
WHERE constraint_type = 'CHECK' AND database_name = current_database() AND len(constraint_column_names) = 1 AND contains(expression, '''');
