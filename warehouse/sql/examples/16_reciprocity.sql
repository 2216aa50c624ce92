-- Are visits returned?
--
-- Of each pair of states the visits made in each direction; balance is 1 where both sides travel alike, 0 where only one does. The archive hears more of the visits to countries whose papers it reads: compare pairs of which both presses are read.
WITH directed AS (
    SELECT visitor_country, host_country, count(*) AS visits
    FROM coded_visits WHERE is_made AND visitor_country IS NOT NULL AND host_country IS NOT NULL
    GROUP BY ALL
),
pairs AS (
    SELECT
        least(visitor_country, host_country) AS one_state,
        greatest(visitor_country, host_country) AS other_state,
        coalesce(sum(visits) FILTER (visitor_country < host_country), 0) AS one_to_other,
        coalesce(sum(visits) FILTER (visitor_country > host_country), 0) AS other_to_one
    FROM directed GROUP BY ALL
)
SELECT
    *,
    round(least(one_to_other, other_to_one) / greatest(one_to_other, other_to_one), 2) AS balance,
    one_state IN (SELECT country FROM sources) AND other_state IN (SELECT country FROM sources) AS are_both_presses_read
FROM pairs
ORDER BY one_to_other + other_to_one DESC, one_state, other_state;
