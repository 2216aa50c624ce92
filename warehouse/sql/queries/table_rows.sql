SELECT table_name, estimated_size FROM duckdb_tables() WHERE database_name = current_database() AND NOT internal ORDER BY table_name;
