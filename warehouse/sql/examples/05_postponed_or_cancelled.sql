-- Which visits were postponed or cancelled?
--
-- As the latest report tells them. A postponed visit that was held later stands with its new day and is not here; one that the archive lost sight of is.
SELECT visit_id, visitor_country, host_country, visitor_name, status, start_on_value, last_told_on, sides
FROM visits
WHERE status IN ('postponed', 'cancelled')
ORDER BY last_told_on DESC NULLS LAST, visit_id;
