-- Who visited a country in a year, and from where?
--
-- Visits that were made, by the visitor's state; put country and year into the first line. A state that is missing sent nobody whom the papers read here told of: see coverage for the papers and days.
WITH asked AS (SELECT 'MLI' AS host, 2026 AS year)
SELECT
    visitor_country,
    count(*) AS visits,
    count(*) FILTER (visitor_office IN ('head_of_state', 'head_of_government', 'royal')) AS by_leaders,
    list(DISTINCT coalesce(visitor_name, visitor_title_text, visitor_office)) AS visitors,
    min(day) AS first_on,
    max(day) AS last_on,
    sum(report_count) AS reports
FROM coded_visits, asked
WHERE is_made AND host_country = asked.host AND year(day) = asked.year
GROUP BY visitor_country
ORDER BY visits DESC, visitor_country NULLS LAST;
