DELETE FROM unresolved_dyads
WHERE (visitor_country, host_country) IN (SELECT (visitor_country, host_country) FROM resolving_dyads);
