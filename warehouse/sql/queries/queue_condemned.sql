INSERT INTO unresolved_dyads
SELECT DISTINCT coalesce(visitor_country, '???'), coalesce(host_country, '???'), true
FROM reports WHERE article_id IN (SELECT article_id FROM condemned)
ON CONFLICT DO UPDATE SET is_forced = true;
