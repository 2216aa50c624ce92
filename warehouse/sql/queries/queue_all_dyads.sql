INSERT INTO unresolved_dyads
SELECT DISTINCT coalesce(visitor_country, '???'), coalesce(host_country, '???'), true FROM current_reports
ON CONFLICT DO UPDATE SET is_forced = true;
