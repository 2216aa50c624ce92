-- Which joint commissions met, and in which session?
--
-- Visits for a session of a joint commission, with the session's number and the session before as printed; sessions that no visit report names are not here.
SELECT
    least(r.visitor_country, r.host_country) AS one_state,
    greatest(r.visitor_country, r.host_country) AS other_state,
    coalesce(v.start_on, v.first_told_on) AS day,
    r.committee_name,
    r.committee_session_number,
    r.committee_previous_place,
    r.committee_previous_date_text,
    v.visit_id
FROM reports AS r
JOIN visit_reports AS l USING (report_id)
JOIN visits AS v USING (visit_id)
WHERE r.committee_name IS NOT NULL OR r.committee_session_number IS NOT NULL
ORDER BY one_state, other_state, day NULLS LAST, r.report_id;
