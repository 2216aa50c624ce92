-- A sample that is the same for the same seed; stratified, as many of each language and decision as of any other, in turn.
WITH placed AS (
    SELECT
        article_id, url, published_on, source, language, headline, md5(article_id || $seed) AS lot,
        row_number() OVER (PARTITION BY CASE WHEN $stratified THEN language || is_visit END ORDER BY md5(article_id || $seed)) AS place
    FROM articles
    WHERE NOT is_truncated
)
SELECT article_id, url, published_on, source, language, headline
FROM (SELECT * FROM placed ORDER BY place, lot LIMIT $count)
ORDER BY lot;
