INSERT INTO unresolved_dyads
SELECT DISTINCT coalesce(visitor_country, '???'), coalesce(host_country, '???') FROM current_reports
ON CONFLICT DO NOTHING;
