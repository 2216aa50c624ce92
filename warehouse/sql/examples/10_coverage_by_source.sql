-- What was read of each source, and what could not be?
--
-- Articles, articles with a visit, and pages refused, with the days between the first and the last. A source with few days tells nothing about the days between.
SELECT
    s.source,
    s.country,
    s.language,
    coalesce(sum(c.articles), 0) AS articles,
    coalesce(sum(c.visit_articles), 0) AS visit_articles,
    coalesce(sum(c.rejects), 0) AS rejects,
    count(DISTINCT c.day) AS days,
    min(c.day) AS first_day,
    max(c.day) AS last_day
FROM sources AS s
LEFT JOIN coverage AS c USING (source)
GROUP BY ALL
ORDER BY articles DESC, s.source;
