-- Those of the asked captures that stand on the shelves.
SELECT DISTINCT n FROM asked_captures SEMI JOIN captures USING (digest, captured_at, url);
