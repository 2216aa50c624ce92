DELETE FROM visit_reports
WHERE visit_id IN (
    SELECT v.visit_id
    FROM visits AS v
    JOIN unresolved_dyads AS d
        ON d.visitor_country = coalesce(v.visitor_country, '???') AND d.host_country = coalesce(v.host_country, '???')
)
AND report_id NOT IN (SELECT report_id FROM incoming_visit_reports);
