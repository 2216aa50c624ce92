-- Those of the asked captures that stand on the shelves.
SELECT capture_id FROM captures SEMI JOIN asked_captures USING (capture_id);
