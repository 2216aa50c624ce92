UPDATE {table} SET {column} = {change} WHERE {column} IS NOT NULL AND {column} IS DISTINCT FROM {change};
