DELETE FROM {table} WHERE {column} IN (SELECT url FROM asked);
