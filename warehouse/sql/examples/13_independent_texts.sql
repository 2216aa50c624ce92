-- How many independent texts tell each visit?
--
-- Articles of a visit, and how many texts they are when reprints of one dispatch count once. Papers that retell a dispatch in their own words still count as one each.
SELECT
    v.visit_id,
    v.visitor_country,
    v.host_country,
    v.start_on,
    count(DISTINCT l.article_id) AS articles,
    count(DISTINCT coalesce(t.group_id, l.article_id)) AS texts,
    list(DISTINCT t.signed_by) FILTER (t.signed_by IS NOT NULL) AS signed_by
FROM visits AS v
JOIN visit_reports AS l USING (visit_id)
LEFT JOIN same_texts AS t ON t.article_id = l.article_id
GROUP BY ALL
ORDER BY articles DESC, v.start_on DESC NULLS LAST, v.visit_id
LIMIT 50;
