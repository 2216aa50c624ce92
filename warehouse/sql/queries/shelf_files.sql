-- Every file of the shelves that the index knows, with its rows.
SELECT shelf_file, count(*)
FROM (SELECT shelf_file FROM captures UNION ALL SELECT shelf_file FROM shelf_records)
GROUP BY shelf_file
ORDER BY shelf_file;
