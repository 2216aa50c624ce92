COPY (SELECT {columns} FROM "{table}") TO '{path}' (FORMAT parquet, COMPRESSION zstd);
