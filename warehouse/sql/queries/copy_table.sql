INSERT INTO {table} BY NAME SELECT * FROM old.{table};
