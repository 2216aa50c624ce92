-- Who travels most?
--
-- Visits made, by state and office and year; of ministers all together. Offices are as printed: a minister who is also deputy prime minister counts under the office that most reports print.
SELECT year(day) AS year, visitor_country, visitor_office, count(*) AS visits, count(DISTINCT host_country) AS states_visited, mode(visitor_name) AS mostly
FROM coded_visits
WHERE is_made AND visitor_country IS NOT NULL
GROUP BY ALL
ORDER BY visits DESC, year DESC, visitor_country, visitor_office;
