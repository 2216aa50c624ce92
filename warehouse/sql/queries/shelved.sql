-- Up to where each file is in the catalogue without a gap: batches of several sources may be loaded out of order.
WITH standing AS (
    SELECT shelf_file, shelf_offset, shelf_offset + coalesce(shelf_span, shelf_length) AS shelf_end FROM captures
    UNION ALL
    SELECT shelf_file, shelf_offset, shelf_offset + shelf_length FROM shelf_records
),
steps AS (
    SELECT
        shelf_file,
        shelf_offset,
        shelf_end,
        shelf_offset <> lag(shelf_end, 1, $first_offset) OVER (PARTITION BY shelf_file ORDER BY shelf_offset) AS is_gap
    FROM standing
),
gaps AS (
    SELECT shelf_file, min(shelf_offset) FILTER (is_gap) AS first_gap FROM steps GROUP BY shelf_file
)
SELECT shelf_file, max(shelf_end)
FROM steps JOIN gaps USING (shelf_file)
WHERE first_gap IS NULL OR shelf_offset < first_gap
GROUP BY shelf_file;
