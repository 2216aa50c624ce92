INSERT INTO unresolved_dyads
SELECT DISTINCT coalesce(visitor_country, '???'), coalesce(host_country, '???'), false
FROM reports SEMI JOIN changed_articles USING (article_id)
ON CONFLICT DO NOTHING;
