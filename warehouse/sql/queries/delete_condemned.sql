DELETE FROM {table} WHERE {column} IN (SELECT {column} FROM condemned);
