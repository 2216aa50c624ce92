-- How was a visit told, from its announcement to its end?
--
-- All reports of the visit that was told most often, in order of publication; put a visit_id of your own into the first line. The status is what each paper said on its day.
WITH chosen AS (SELECT visit_id FROM visits ORDER BY report_count DESC, visit_id LIMIT 1)
SELECT t.published_on, t.status, t.side, t.source, t.start_on_value, t.visitor_name, t.headline, t.url
FROM visit_tellings AS t
JOIN chosen USING (visit_id)
ORDER BY t.published_on NULLS LAST, t.source, t.report_id;
