-- Those of the asked answers without a page that stand on the shelves.
SELECT DISTINCT n FROM asked_captures AS a JOIN shelf_records AS s ON s.url = a.url AND s.recorded_at = a.captured_at;
