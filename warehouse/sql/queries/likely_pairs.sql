-- Pairs with at least one fresh text, printed within ten days of each other, that share enough rare sequences to be compared.
WITH bounds AS (SELECT min(day) - 10 AS first_day, max(day) + 10 AS last_day FROM text_sketches SEMI JOIN fresh USING (article_id)),
near AS (
    SELECT s.article_id, s.day, len(s.hashes) AS size, s.article_id IN (FROM fresh) AS is_fresh, unnest(s.hashes) AS number
    FROM text_sketches AS s, bounds AS b
    WHERE s.day BETWEEN b.first_day AND b.last_day AND s.words >= $least_words
),
-- what stands in more texts than any dispatch does is a formula
rare AS (SELECT number FROM near GROUP BY number HAVING count(*) BETWEEN 2 AND 100 AND bool_or(is_fresh))
SELECT a.article_id, b.article_id AS other_id
FROM (SELECT * FROM near SEMI JOIN rare USING (number)) AS a
JOIN (SELECT * FROM near SEMI JOIN rare USING (number)) AS b ON b.number = a.number AND a.article_id < b.article_id AND abs(a.day - b.day) <= 10
WHERE a.is_fresh OR b.is_fresh
GROUP BY a.article_id, b.article_id
HAVING count(*) >= greatest(2, 0.3 * least(any_value(a.size), any_value(b.size)))
ORDER BY a.article_id, other_id;
