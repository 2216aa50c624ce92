COPY (SELECT {columns} FROM "{table}") TO '{path}' (FORMAT json);
