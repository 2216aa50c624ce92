-- On which words does a value rest?
--
-- The words on which the status and the dates of each report rest, with the address to read the rest. Where text is null, the share of the article that may be shown was used up.
SELECT l.visit_id, r.status, r.start_on_value, e.fields, e.text, a.headline, a.source, a.published_on, a.url
FROM evidence AS e
JOIN reports AS r USING (report_id)
JOIN articles AS a ON a.article_id = e.article_id
LEFT JOIN visit_reports AS l USING (report_id)
WHERE list_has_any(e.fields, ['visit', 'status', 'start_on', 'end_on'])
ORDER BY l.visit_id NULLS LAST, a.published_on NULLS LAST, e.report_id, e.ordinal;
