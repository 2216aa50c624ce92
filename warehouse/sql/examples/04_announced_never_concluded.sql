-- Which visits were announced and never told again?
--
-- Announced for a day that is past by the newest article of the archive, and no report says that they began, ended or were put off. They may have taken place unnoticed by the papers that are read.
SELECT
    visit_id,
    visitor_country,
    host_country,
    coalesce(visitor_name, visitor_title_text, visitor_office) AS visitor,
    start_on,
    first_told_on,
    report_count
FROM visits
WHERE status = 'announced'
AND coalesce(end_on, start_on, first_told_on) < (SELECT max(published_on) FROM articles) - 14
ORDER BY start_on NULLS LAST, visit_id;
