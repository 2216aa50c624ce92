COPY (SELECT {columns} FROM "{table}") TO '{path}' (FORMAT csv, HEADER true);
