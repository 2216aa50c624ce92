-- Spans of the reports that count, article by article; the sentence that shows the visit comes first.
SELECT
    r.report_id,
    r.article_id,
    min(e.ordinal) AS ordinal,
    list(DISTINCT e.field ORDER BY e.field) AS fields,
    e.place,
    e.span_start,
    e.span_end,
    any_value(e.text) AS text,
    list(DISTINCT e.rule ORDER BY e.rule) FILTER (e.rule IS NOT NULL) AS rules,
    any_value(length(v.body)) AS body_length
FROM current_reports AS r
JOIN evidence AS e USING (report_id)
JOIN article_revisions AS v ON v.revision_id = r.revision_id
WHERE r.qualifies
GROUP BY r.report_id, r.article_id, r.ordinal, e.place, e.span_start, e.span_end
ORDER BY r.article_id, bool_or(e.field = 'visit') DESC, e.place, r.ordinal, min(e.ordinal);
