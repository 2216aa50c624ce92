INSERT INTO archive SELECT ?, now(), NULL, 0 WHERE NOT EXISTS (FROM archive);
