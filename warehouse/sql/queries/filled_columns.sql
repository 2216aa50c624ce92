-- Of each column how many rows have a value, and one of them.
SELECT '{table}' AS table_name, c.column_name, c.filled / nullif(rows, 0) AS share_filled, c.example
FROM (SELECT count(*) AS rows, unnest([{columns}]) AS c FROM "{table}");
