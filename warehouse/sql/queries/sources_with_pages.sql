-- Sources that have pages on the shelves; null: pages that belong to no source.
SELECT DISTINCT source FROM captures WHERE kind = 'page' ORDER BY source NULLS LAST;
