INSERT INTO migrations VALUES (0, 'views', ?, now())
ON CONFLICT (number) DO UPDATE SET digest = excluded.digest, applied_at = excluded.applied_at;
