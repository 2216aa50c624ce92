-- Visits that were made among the states with most of them (with most to or from one country, where it is given).
WITH pairs AS (
    SELECT visitor_country, host_country, count(*) AS made
    FROM visits
    WHERE status IN ('under_way', 'concluded') AND visitor_country IS NOT NULL AND host_country IS NOT NULL
    AND coalesce(start_on, first_told_on) >= coalesce($first, DATE '0001-01-01')
    AND coalesce(start_on, first_told_on) <= coalesce($last, DATE '9999-12-31')
    GROUP BY ALL
),
ends AS (
    SELECT unnest([visitor_country, host_country]) AS country, made
    FROM pairs WHERE $country IS NULL OR visitor_country = $country OR host_country = $country
),
ranked AS (
    SELECT country, row_number() OVER (ORDER BY sum(made) DESC, country) AS rank, count(*) OVER () AS states
    FROM ends GROUP BY country
)
SELECT p.visitor_country, a.rank AS visitor_rank, p.host_country, b.rank AS host_rank, p.made, a.states
FROM pairs AS p
JOIN ranked AS a ON a.country = p.visitor_country AND a.rank <= $most
JOIN ranked AS b ON b.country = p.host_country AND b.rank <= $most
ORDER BY visitor_rank, host_rank;
