SELECT visit_id, visitor_country AS country, visitor_office AS office, coalesce(start_on, first_told_on) AS day
FROM visits
WHERE visitor_name IS NULL AND visitor_country IS NOT NULL AND visitor_office IS NOT NULL AND coalesce(start_on, first_told_on) IS NOT NULL
ORDER BY visit_id;
