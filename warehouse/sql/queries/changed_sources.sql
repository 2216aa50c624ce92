-- Sources that are new or differ, and whether their country does: the side of their reports depends on it.
SELECT i.source, o.source IS NOT NULL AND o.country IS DISTINCT FROM i.country AS is_moved
FROM (SELECT * FROM incoming_sources EXCEPT (SELECT * FROM sources)) AS i
LEFT JOIN sources AS o ON o.source = i.source;
