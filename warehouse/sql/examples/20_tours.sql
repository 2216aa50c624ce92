-- Which tours were made?
--
-- Visits of one person to several states in a row, each at most three days after the one before. A stop that no paper dated is missing from the row.
SELECT start_on, end_on, visitor_country, visitor_name, visitor_office, stops, host_countries
FROM tours
ORDER BY start_on DESC, tour_id;
