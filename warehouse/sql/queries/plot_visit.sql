-- One visit; an id that is no more leads to the one that took its place.
SELECT
    v.visit_id, v.visitor_name, v.visitor_office, v.visitor_title_text, v.kind, v.status, v.start_on, v.start_on_precision, v.end_on,
    coalesce(a.name, v.visitor_country) AS visitor, coalesce(b.name, v.host_country) AS host, v.report_count, v.paper_count
FROM visits AS v
LEFT JOIN (SELECT iso3, any_value(name_en) AS name FROM states GROUP BY iso3) AS a ON a.iso3 = v.visitor_country
LEFT JOIN (SELECT iso3, any_value(name_en) AS name FROM states GROUP BY iso3) AS b ON b.iso3 = v.host_country
WHERE v.visit_id = coalesce((SELECT visit_id FROM visit_redirects WHERE old_id = $visit_id), $visit_id);
