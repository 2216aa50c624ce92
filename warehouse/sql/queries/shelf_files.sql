-- Every file of the shelves that the index knows, with its captures.
SELECT shelf_file, count(*) FROM captures GROUP BY shelf_file ORDER BY shelf_file;
