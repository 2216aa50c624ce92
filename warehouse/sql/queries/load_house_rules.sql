INSERT INTO house_rules BY NAME SELECT * FROM incoming_house_rules
ON CONFLICT (address) DO UPDATE SET
    outcome = excluded.outcome,
    status = excluded.status,
    body = excluded.body,
    told_at = excluded.told_at,
    holds_until = excluded.holds_until
WHERE excluded.told_at >= house_rules.told_at;
