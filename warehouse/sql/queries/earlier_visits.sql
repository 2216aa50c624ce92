SELECT r.article_id, r.ordinal, r.report_id, r.visit_id, d.is_forced
FROM visit_reports AS r
JOIN visits AS v USING (visit_id)
JOIN resolving_dyads AS d
    ON d.visitor_country = coalesce(v.visitor_country, '???') AND d.host_country = coalesce(v.host_country, '???');
