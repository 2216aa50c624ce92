-- How long before are visits announced, and how many are put off?
--
-- By the visitor's office: visits announced at least once, the days from the first announcement to the (last) day, and those put off. Visits of which only the end was told are not here, so that short notice is counted too rarely.
SELECT
    v.visitor_office,
    count(*) AS announced,
    median(v.start_on - s.first_told_on) AS usual_days_of_notice,
    count(*) FILTER (a.put_off = 'yes') AS put_off,
    count(*) FILTER (a.took_place = 'yes') AS took_place
FROM visit_status AS s
JOIN visits AS v USING (visit_id)
JOIN visit_answers AS a USING (visit_id)
WHERE s.status = 'announced' AND s.number = 1 AND v.start_on >= s.first_told_on
GROUP BY v.visitor_office
ORDER BY announced DESC, v.visitor_office;
