SELECT visitor_country, host_country FROM unresolved_dyads LIMIT 1;
