INSERT INTO unresolved_dyads
SELECT DISTINCT coalesce(visitor_country, '???'), coalesce(host_country, '???')
FROM reports WHERE article_id IN (SELECT article_id FROM condemned)
ON CONFLICT DO NOTHING;
