-- As many of the dyads that changed as their reports fit into memory, at least one.
CREATE OR REPLACE TEMP TABLE resolving_dyads AS
WITH sized AS (
    SELECT d.visitor_country, d.host_country, d.is_forced, count(r.report_id) AS reports
    FROM unresolved_dyads AS d
    LEFT JOIN reports AS r
        ON d.visitor_country = coalesce(r.visitor_country, '???') AND d.host_country = coalesce(r.host_country, '???')
    GROUP BY ALL
)
SELECT visitor_country, host_country, is_forced
FROM sized
WINDOW place AS (ORDER BY visitor_country, host_country)
QUALIFY sum(reports) OVER place <= $most OR row_number() OVER place = 1;
