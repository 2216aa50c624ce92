INSERT INTO hosts BY NAME SELECT * FROM incoming_hosts
ON CONFLICT (host) DO UPDATE SET
    rest_until = excluded.rest_until,
    failures = excluded.failures,
    told_at = excluded.told_at
WHERE excluded.told_at >= hosts.told_at;
