strftime("{column}", '%Y-%m-%dT%H:%M:%SZ') AS "{column}"
