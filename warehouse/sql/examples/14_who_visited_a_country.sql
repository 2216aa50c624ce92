-- Who visited a country in a year, and from where?
--
-- Visits that were made, by the visitor's state; put a country and a year, as 2018, into the first line (as it stands, the last year of which a visit is told). A state that is missing sent nobody whom the papers read here told of: see coverage for the papers and days.
WITH asked AS (SELECT 'MLI' AS host, (SELECT max(year(day)) FROM coded_visits WHERE is_made AND host_country = 'MLI') AS year)
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
