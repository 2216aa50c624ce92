-- Who visited whom lately?
--
-- The last fifty visits that were made or are under way, latest first. A visit without a printed day stands at the day on which it was first told.
SELECT
    coalesce(start_on, first_told_on) AS day,
    visitor_country,
    host_country,
    coalesce(visitor_name, visitor_title_text, visitor_office) AS visitor,
    kind,
    status,
    report_count
FROM visits
WHERE status IN ('under_way', 'concluded')
ORDER BY day DESC NULLS LAST, visit_id
LIMIT 50;
