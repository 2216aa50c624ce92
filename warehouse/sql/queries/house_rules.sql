SELECT address, outcome, status, body FROM house_rules WHERE holds_until > $now AND told_at <= $now ORDER BY address;
