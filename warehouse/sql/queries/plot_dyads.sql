-- The directed pairs of states with most visits that were made, and how many pairs there are in all.
WITH named AS (SELECT iso3, any_value(name_en) AS name FROM states GROUP BY iso3),
counted AS (
    SELECT
        visitor_country, host_country, count(*) AS made,
        count(*) FILTER (visitor_office IN ('head_of_state', 'head_of_government', 'royal')) AS top_made
    FROM visits
    WHERE status IN ('under_way', 'concluded') AND visitor_country IS NOT NULL AND host_country IS NOT NULL
    AND coalesce(start_on, first_told_on) >= coalesce($first, DATE '0001-01-01')
    AND coalesce(start_on, first_told_on) <= coalesce($last, DATE '9999-12-31')
    AND ($country IS NULL OR visitor_country = $country OR host_country = $country)
    GROUP BY ALL
)
SELECT
    coalesce(a.name, c.visitor_country) AS visitor, coalesce(b.name, c.host_country) AS host, c.made, c.top_made,
    count(*) OVER () AS pairs, sum(c.made) OVER ()::BIGINT AS visits
FROM counted AS c
LEFT JOIN named AS a ON a.iso3 = c.visitor_country
LEFT JOIN named AS b ON b.iso3 = c.host_country
ORDER BY c.made DESC, c.visitor_country, c.host_country
LIMIT $most;
