-- Visits of dyads that changed and are not resolved in this part: their ids are taken.
SELECT v.visit_id
FROM visits AS v
JOIN unresolved_dyads AS d
    ON d.visitor_country = coalesce(v.visitor_country, '???') AND d.host_country = coalesce(v.host_country, '???')
ANTI JOIN resolving_dyads AS r ON r.visitor_country = d.visitor_country AND r.host_country = d.host_country;
