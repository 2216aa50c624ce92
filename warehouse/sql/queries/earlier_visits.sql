-- Visits as they stood, with their reports; one whose reports were erased has none.
SELECT r.article_id, r.ordinal, r.report_id, v.visit_id, d.is_forced
FROM visits AS v
JOIN resolving_dyads AS d
    ON d.visitor_country = coalesce(v.visitor_country, '???') AND d.host_country = coalesce(v.host_country, '???')
LEFT JOIN visit_reports AS r USING (visit_id);
