-- One row for each time during which none of its codes changes, so that a visit finds its codes by country and day alone.
CREATE TABLE published.states AS
WITH beginnings AS (
    SELECT iso3, DATE '0001-01-01' AS valid_from FROM incoming_states
    UNION
    SELECT iso3, valid_from FROM published.state_codes WHERE valid_from IS NOT NULL
    UNION
    SELECT iso3, valid_to + 1 FROM published.state_codes WHERE valid_to IS NOT NULL
),
times AS (
    SELECT iso3, valid_from, coalesce(lead(valid_from) OVER (PARTITION BY iso3 ORDER BY valid_from) - 1, DATE '9999-12-31') AS valid_to
    FROM beginnings
),
coded AS (
    SELECT
        t.iso3, t.valid_from, t.valid_to,
        max(c.code) FILTER (c.list = 'cow') AS cow,
        max(c.code) FILTER (c.list = 'gw') AS gw,
        max(c.code) FILTER (c.list = 'fips') AS fips,
        max(c.code) FILTER (c.list = 'cameo') AS cameo
    FROM times AS t
    LEFT JOIN published.state_codes AS c
        ON c.iso3 = t.iso3 AND t.valid_from BETWEEN coalesce(c.valid_from, DATE '0001-01-01') AND coalesce(c.valid_to, DATE '9999-12-31')
    GROUP BY ALL
)
SELECT c.iso3, c.valid_from, c.valid_to, s.iso2, c.cow, c.gw, c.fips, c.cameo, s.name_fr, s.name_en, s.name_ar, s.sovereign
FROM coded AS c
JOIN incoming_states AS s USING (iso3)
ORDER BY c.iso3, c.valid_from;
