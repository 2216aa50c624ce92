INSERT INTO migrations VALUES (?, ?, ?, now());
