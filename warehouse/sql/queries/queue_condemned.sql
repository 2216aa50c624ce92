INSERT INTO unresolved_dyads
SELECT DISTINCT coalesce(visitor_country, '???'), coalesce(host_country, '???'), true
FROM reports WHERE article_id IN (SELECT article_id FROM condemned)
UNION
SELECT DISTINCT coalesce(v.visitor_country, '???'), coalesce(v.host_country, '???'), true
FROM visits AS v JOIN visit_reports AS r USING (visit_id) WHERE r.article_id IN (SELECT article_id FROM condemned)
ON CONFLICT DO UPDATE SET is_forced = true;
