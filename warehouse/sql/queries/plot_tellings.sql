-- The reports of one visit in the order in which they were printed.
SELECT
    coalesce(a.published_on, CAST(a.first_captured_at AS DATE)) AS told_on, a.source, l.side, r.status, a.headline,
    CASE WHEN r.start_on_precision = 'day' THEN r.start_on END AS start_on
FROM visit_reports AS l
JOIN reports AS r USING (report_id)
JOIN articles AS a ON a.article_id = l.article_id
WHERE l.visit_id = $visit_id
ORDER BY told_on, list_position(['announced', 'postponed', 'under_way', 'concluded', 'cancelled'], r.status), a.source, r.report_id;
