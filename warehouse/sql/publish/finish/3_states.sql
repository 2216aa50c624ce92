COMMENT ON TABLE states IS 'States and territories with their codes in other data sets: one row for each time during which no code changes. A code says who speaks, not who is right: Kosovo is XKX, Taiwan TWN, Palestine PSE, Western Sahara ESH, each as the texts name them.';
COMMENT ON COLUMN states.iso3 IS 'ISO 3166-1 alpha-3 (XKX for Kosovo): the code of visitor_country and host_country.';
COMMENT ON COLUMN states.valid_from IS 'First day on which this row holds; 0001-01-01: from the beginning.';
COMMENT ON COLUMN states.valid_to IS 'Last day on which it holds; 9999-12-31: still.';
COMMENT ON COLUMN states.iso2 IS 'ISO 3166-1 alpha-2.';
COMMENT ON COLUMN states.cow IS 'Correlates of War, as text; null while it was no member of the system.';
COMMENT ON COLUMN states.gw IS 'Gleditsch and Ward, as text.';
COMMENT ON COLUMN states.fips IS 'FIPS 10-4, as its last users had it.';
COMMENT ON COLUMN states.cameo IS 'CAMEO; null where its lists differ or predate the state.';
COMMENT ON COLUMN states.name_fr IS 'Name in French.';
COMMENT ON COLUMN states.name_en IS 'Name in English.';
COMMENT ON COLUMN states.name_ar IS 'Name in Arabic.';
COMMENT ON COLUMN states.sovereign IS 'State that a territory belongs to; null for states.';
COMMENT ON TABLE state_codes IS 'The same codes, one a row, with the days between which they hold.';
COMMENT ON COLUMN state_codes.iso3 IS 'The state or territory.';
COMMENT ON COLUMN state_codes.list IS 'cow, gw, fips or cameo.';
COMMENT ON COLUMN state_codes.code IS 'The code, as text.';
COMMENT ON COLUMN state_codes.valid_from IS 'First day; null: from the beginning.';
COMMENT ON COLUMN state_codes.valid_to IS 'Last day; null: still.';

CREATE VIEW coded_visits AS
SELECT
    v.visit_id, coalesce(v.start_on, v.first_told_on) AS day, v.start_on IS NULL AS is_day_of_telling,
    v.status IN ('under_way', 'concluded') AS is_made,
    v.visitor_country, a.iso2 AS visitor_iso2, a.cow AS visitor_cow, a.gw AS visitor_gw, a.fips AS visitor_fips, a.cameo AS visitor_cameo,
    v.host_country, b.iso2 AS host_iso2, b.cow AS host_cow, b.gw AS host_gw, b.fips AS host_fips, b.cameo AS host_cameo,
    v.visitor_name, r.visitor_resolved, v.visitor_office, v.visitor_title_text, v.host_name, v.host_office, v.kind, v.occasion, v.status,
    v.start_on, v.start_on_precision, v.end_on, v.end_on_precision, v.cities, v.topics, v.outcomes,
    v.report_count, v.paper_count, v.sides, v.confidence
FROM visits AS v
LEFT JOIN visitors_resolved AS r USING (visit_id)
LEFT JOIN states AS a ON a.iso3 = v.visitor_country AND coalesce(v.start_on, v.first_told_on, DATE '9999-12-31') BETWEEN a.valid_from AND a.valid_to
LEFT JOIN states AS b ON b.iso3 = v.host_country AND coalesce(v.start_on, v.first_told_on, DATE '9999-12-31') BETWEEN b.valid_from AND b.valid_to;
COMMENT ON VIEW coded_visits IS 'Visits with the codes of both states that held on the day, for joining with other data sets.';
COMMENT ON COLUMN coded_visits.day IS 'First day of the visit; where none is printed, the day on which it was first told.';
COMMENT ON COLUMN coded_visits.is_day_of_telling IS 'True where day is that of the first telling.';
COMMENT ON COLUMN coded_visits.visitor_resolved IS 'Who held the office, where only a title is printed: see visitors_resolved.';
COMMENT ON COLUMN coded_visits.is_made IS 'True where it is told as under way or concluded.';
COMMENT ON COLUMN coded_visits.visitor_iso2 IS 'Visitor''s state by ISO 3166-1 alpha-2.';
COMMENT ON COLUMN coded_visits.visitor_cow IS 'Visitor''s state by Correlates of War on the day, as text.';
COMMENT ON COLUMN coded_visits.visitor_gw IS 'Visitor''s state by Gleditsch and Ward on the day, as text.';
COMMENT ON COLUMN coded_visits.visitor_fips IS 'Visitor''s state by FIPS 10-4.';
COMMENT ON COLUMN coded_visits.visitor_cameo IS 'Visitor''s state by CAMEO.';
COMMENT ON COLUMN coded_visits.host_iso2 IS 'Host by ISO 3166-1 alpha-2.';
COMMENT ON COLUMN coded_visits.host_cow IS 'Host by Correlates of War on the day, as text.';
COMMENT ON COLUMN coded_visits.host_gw IS 'Host by Gleditsch and Ward on the day, as text.';
COMMENT ON COLUMN coded_visits.host_fips IS 'Host by FIPS 10-4.';
COMMENT ON COLUMN coded_visits.host_cameo IS 'Host by CAMEO.';

CREATE VIEW visit_answers AS
SELECT
    v.visit_id,
    CASE WHEN v.status IN ('under_way', 'concluded') THEN 'yes' WHEN v.status = 'cancelled' THEN 'no' ELSE 'not reported' END AS took_place,
    CASE WHEN list_contains(s.told, 'announced') THEN 'yes' ELSE 'not reported' END AS announced_before,
    CASE WHEN list_contains(s.told, 'postponed') THEN 'yes' ELSE 'not reported' END AS put_off,
    CASE WHEN list_has_any(v.outcomes, ['agreement_signed', 'mou_signed']) THEN 'yes' WHEN v.status = 'cancelled' THEN 'no' ELSE 'not reported' END AS agreement_signed,
    CASE WHEN list_contains(v.outcomes, 'joint_communique') THEN 'yes' WHEN v.status = 'cancelled' THEN 'no' ELSE 'not reported' END AS communique_issued,
    CASE WHEN v.message_from IS NOT NULL OR list_contains(v.outcomes, 'message_delivered') THEN 'yes' ELSE 'not reported' END AS message_carried,
    CASE WHEN v.host_office IN ('head_of_state', 'head_of_government', 'royal') THEN 'yes' ELSE 'not reported' END AS received_at_the_top,
    CASE WHEN list_contains(v.sides, 'visitor') THEN 'yes' WHEN v.visitor_country IN (SELECT country FROM sources) THEN 'no' ELSE 'not read' END AS told_by_visitors_press,
    CASE WHEN list_contains(v.sides, 'host') THEN 'yes' WHEN v.host_country IN (SELECT country FROM sources) THEN 'no' ELSE 'not read' END AS told_by_hosts_press
FROM visits AS v
LEFT JOIN (SELECT visit_id, list(DISTINCT status) AS told FROM visit_status GROUP BY visit_id) AS s USING (visit_id);
COMMENT ON VIEW visit_answers IS 'Questions about each visit with three answers: yes, no, not reported. No is said only where a report says so, never for want of a sentence.';
COMMENT ON COLUMN visit_answers.took_place IS 'yes: told as under way or concluded; no: cancelled; not reported: only announced, or put off, so far.';
COMMENT ON COLUMN visit_answers.announced_before IS 'Whether a report announced it.';
COMMENT ON COLUMN visit_answers.put_off IS 'Whether a report says that it was put off.';
COMMENT ON COLUMN visit_answers.agreement_signed IS 'Whether a report says that an agreement or memorandum was signed; no only where the visit was cancelled.';
COMMENT ON COLUMN visit_answers.communique_issued IS 'Whether a report says that a joint communiqué was issued; no only where the visit was cancelled.';
COMMENT ON COLUMN visit_answers.message_carried IS 'Whether a report says that a message was carried.';
COMMENT ON COLUMN visit_answers.received_at_the_top IS 'Whether the counterpart whom the reports put first is the head of state or of government.';
COMMENT ON COLUMN visit_answers.told_by_visitors_press IS 'yes; no: papers of the visitor''s state are read and none told it (see coverage for the days on which they were); not read: the archive has none.';
COMMENT ON COLUMN visit_answers.told_by_hosts_press IS 'The same of the host''s press.';
