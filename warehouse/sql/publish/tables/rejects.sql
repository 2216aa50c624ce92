CREATE TABLE published.rejects AS SELECT * FROM rejects ORDER BY captured_at, reject_id;
