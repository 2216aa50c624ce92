-- Which visits were postponed or cancelled?
--
-- As the latest report tells them. A postponed visit that took place later under a new date can stand as a visit of its own.
SELECT visit_id, visitor_country, host_country, visitor_name, status, start_on_value, last_told_on, sides
FROM visits
WHERE status IN ('postponed', 'cancelled')
ORDER BY last_told_on DESC NULLS LAST, visit_id;
