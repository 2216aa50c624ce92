-- Visits by the month of their day, with zeros, beside the articles of each month that were read.
WITH told AS (SELECT *, coalesce(start_on, first_told_on) AS day FROM visits),
counted AS (
    SELECT
        date_trunc('month', day)::DATE AS month,
        count(*) FILTER (status IN ('under_way', 'concluded')) AS made,
        count(*) FILTER (status = 'announced') AS only_announced,
        count(*) FILTER (status IN ('postponed', 'cancelled')) AS not_made
    FROM told
    WHERE day >= coalesce($first, DATE '0001-01-01') AND day <= coalesce($last, DATE '9999-12-31')
    AND ($country IS NULL OR visitor_country = $country OR host_country = $country)
    GROUP BY ALL
),
months AS (
    SELECT unnest(generate_series(
        date_trunc('month', coalesce($first, min(month))), date_trunc('month', coalesce($last, max(month))), INTERVAL 1 MONTH
    ))::DATE AS month
    FROM counted
    HAVING count(*) > 0
),
printed AS (
    SELECT date_trunc('month', published_on)::DATE AS month, count(*) AS articles
    FROM articles
    WHERE published_on >= coalesce($first, DATE '0001-01-01') AND published_on <= coalesce($last, DATE '9999-12-31')
    GROUP BY ALL
)
SELECT
    m.month, coalesce(c.made, 0) AS made, coalesce(c.only_announced, 0) AS only_announced, coalesce(c.not_made, 0) AS not_made,
    coalesce(p.articles, 0) AS articles
FROM months AS m
LEFT JOIN counted AS c USING (month)
LEFT JOIN printed AS p USING (month)
ORDER BY m.month;
