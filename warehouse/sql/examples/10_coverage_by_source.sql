-- What was read of each source, and what could not be?
--
-- Articles, articles with a visit, days since it was first asked, days of which something is held, and the commonest reason of the others. A source with few days tells nothing about the days between; not_run and down mean that nobody looked.
SELECT
    s.source,
    s.country,
    s.language,
    coalesce(sum(c.articles), 0) AS articles,
    coalesce(sum(c.visit_articles), 0) AS visit_articles,
    coalesce(sum(c.rejects), 0) AS rejects,
    count(*) FILTER (c.why_not IS DISTINCT FROM 'not_watched' AND c.day IS NOT NULL) AS days_watched,
    count(*) FILTER (c.articles > 0) AS days_held,
    mode(c.why_not ORDER BY c.day) FILTER (c.why_not <> 'not_watched') AS commonest_reason,
    min(c.day) AS first_day,
    max(c.day) AS last_day
FROM sources AS s
LEFT JOIN coverage AS c USING (source)
GROUP BY ALL
ORDER BY articles DESC, s.source;
