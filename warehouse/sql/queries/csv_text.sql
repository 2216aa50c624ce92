CASE WHEN regexp_matches("{column}", '^[=+\-@\t\r\n]') THEN '''' || "{column}" ELSE "{column}" END AS "{column}"
