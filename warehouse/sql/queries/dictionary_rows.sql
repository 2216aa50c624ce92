SELECT table_name, column_name, data_type, meaning, vocabulary FROM dictionary ORDER BY table_name, position;
