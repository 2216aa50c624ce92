-- The most that one of the last runs put on the shelves.
SELECT max(size)
FROM (
    SELECT sum(coalesce(c.shelf_span, c.shelf_length)) AS size
    FROM captures AS c JOIN (SELECT run_id FROM runs ORDER BY started_at DESC LIMIT 10) USING (run_id)
    GROUP BY c.run_id
);
