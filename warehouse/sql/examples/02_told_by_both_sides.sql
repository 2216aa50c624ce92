-- Which visits are told by the press of both sides?
--
-- Both the visitor's and the host's press report them. That only one side tells a visit means little where the archive reads no paper of the other: see coverage.
SELECT
    visit_id,
    coalesce(start_on, first_told_on) AS day,
    visitor_country,
    host_country,
    visitor_name,
    report_count,
    paper_count
FROM visits
WHERE list_has_all(sides, ['visitor', 'host'])
ORDER BY day DESC NULLS LAST, visit_id;
