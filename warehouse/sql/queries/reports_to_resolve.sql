-- The reports that count, of the dyads that changed, with what decides whose visit they tell.
SELECT
    r.report_id, r.article_id, r.ordinal, coalesce(p.visitor_country, r.visitor_country) AS visitor_country,
    coalesce(p.host_country, r.host_country) AS host_country, r.visitor_name, r.visitor_office,
    r.visitor_title_text, r.status, r.start_on, r.start_on_precision, r.end_on, r.end_on_precision,
    r.committee_session_number, r.message_from, v.published_on
FROM current_reports AS r
LEFT JOIN placed_reports AS p USING (report_id)
JOIN resolving_dyads AS d
    ON d.visitor_country = coalesce(p.visitor_country, r.visitor_country, '???') AND d.host_country = coalesce(p.host_country, r.host_country, '???')
JOIN article_revisions AS v ON v.revision_id = r.revision_id
WHERE r.qualifies AND r.salience <> 'incidental';
