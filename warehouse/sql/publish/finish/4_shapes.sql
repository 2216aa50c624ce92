-- Visits in the shapes that other data sets have. Comments say what each shape leaves out.

CREATE VIEW colt AS
SELECT
    visit_id AS trip_id, visitor_name AS leader_name,
    CASE
        WHEN visitor_office = 'head_of_state' THEN 'S'
        WHEN visitor_office = 'head_of_government' THEN 'G'
        WHEN visitor_office = 'foreign_minister' THEN 'F'
        WHEN regexp_matches(strip_accents(lower(coalesce(visitor_title_text, ''))), 'heritier|crown|heredero|herdeiro|ولي|العهد') THEN 'CP'
        ELSE 'S'
    END AS role,
    visitor_title_text AS title,
    visitor_country AS leader_country, visitor_cow AS leader_cow, host_country, host_cow,
    start_on AS trip_start, end_on AS trip_end, end_on - start_on + 1 AS trip_days, array_to_string(cities, '; ') AS cities,
    kind, occasion, confidence, day
FROM coded_visits
WHERE is_made AND visitor_office IN ('head_of_state', 'head_of_government', 'foreign_minister', 'royal');
COMMENT ON VIEW colt IS 'Trips of leaders and foreign ministers that were made, one row for each leader, host and trip, as Diplometrics'' COLT has them. Trips to organisations are not in this archive.';
COMMENT ON COLUMN colt.trip_id IS 'The visit.';
COMMENT ON COLUMN colt.leader_name IS 'Visitor as printed; null where only a title is printed.';
COMMENT ON COLUMN colt.role IS 'S head of state, G head of government, F foreign minister, CP crown prince. GS (both at once) is never given: no text says so of an office; E and I are offices of organisations.';
COMMENT ON COLUMN colt.title IS 'Title as printed.';
COMMENT ON COLUMN colt.leader_country IS 'State of the leader, ISO 3166-1 alpha-3.';
COMMENT ON COLUMN colt.leader_cow IS 'The same by Correlates of War on the day.';
COMMENT ON COLUMN colt.host_country IS 'State that is visited.';
COMMENT ON COLUMN colt.host_cow IS 'The same by Correlates of War on the day.';
COMMENT ON COLUMN colt.trip_start IS 'First day; null where none is printed.';
COMMENT ON COLUMN colt.trip_end IS 'Last day; null where none is printed.';
COMMENT ON COLUMN colt.trip_days IS 'Days from first to last; null where one of them is unknown.';
COMMENT ON COLUMN colt.cities IS 'Places in the host country as printed.';

CREATE VIEW plover_events AS
SELECT
    v.visit_id || '-' || s.status AS event_id, v.visit_id,
    CASE WHEN s.status = 'announced' THEN s.first_told_on ELSE v.day END AS event_date,
    CASE WHEN s.status = 'announced' THEN 'AGREE' ELSE 'CONSULT' END AS event_type,
    CASE WHEN s.status = 'announced' THEN NULL ELSE 'visit' END AS event_mode,
    v.visitor_country AS actor_country, v.visitor_name AS actor_name, v.visitor_office AS actor_office,
    v.host_country AS recipient_country, v.host_name AS recipient_name, v.host_office AS recipient_office,
    v.host_country AS event_country, array_to_string(v.cities, '; ') AS event_places, v.topics, s.report_count, v.confidence
FROM coded_visits AS v
JOIN (
    SELECT visit_id, CASE WHEN status = 'announced' THEN status ELSE 'visit' END AS status, min(first_told_on) AS first_told_on, sum(report_count) AS report_count
    FROM visit_status WHERE status IN ('announced', 'under_way', 'concluded')
    GROUP BY ALL
) AS s USING (visit_id);
COMMENT ON VIEW plover_events IS 'Visits as PLOVER events: CONSULT, mode visit, for each that was made (actor: the visitor, recipient: the host), AGREE for each announcement. Postponed and cancelled visits are no events of PLOVER.';
COMMENT ON COLUMN plover_events.event_id IS 'Visit and what is told of it.';
COMMENT ON COLUMN plover_events.event_date IS 'Of a visit its first day, of an announcement the day on which it was first printed.';
COMMENT ON COLUMN plover_events.event_type IS 'CONSULT or AGREE.';
COMMENT ON COLUMN plover_events.event_mode IS 'visit; null for AGREE.';
COMMENT ON COLUMN plover_events.actor_country IS 'State that visits, ISO 3166-1 alpha-3.';
COMMENT ON COLUMN plover_events.actor_name IS 'Visitor as printed.';
COMMENT ON COLUMN plover_events.actor_office IS 'Office of the visitor.';
COMMENT ON COLUMN plover_events.recipient_country IS 'State that is visited.';
COMMENT ON COLUMN plover_events.recipient_name IS 'Host as printed.';
COMMENT ON COLUMN plover_events.recipient_office IS 'Office of the host.';
COMMENT ON COLUMN plover_events.event_country IS 'Where it happens: the host''s state.';
COMMENT ON COLUMN plover_events.event_places IS 'Places as printed.';
COMMENT ON COLUMN plover_events.report_count IS 'Reports that say so.';

CREATE VIEW cameo_dyads AS
SELECT visit_id, day AS event_date, visitor_cameo AS source, host_cameo AS target, '042' AS event_code, 'make a visit' AS event, confidence
FROM coded_visits WHERE is_made AND visitor_country IS NOT NULL AND host_country IS NOT NULL
UNION ALL
SELECT visit_id, day, host_cameo, visitor_cameo, '043', 'host a visit', confidence
FROM coded_visits WHERE is_made AND visitor_country IS NOT NULL AND host_country IS NOT NULL;
COMMENT ON VIEW cameo_dyads IS 'Visits that were made as the two CAMEO events that each is: 042 of the visitor, 043 of the host.';
COMMENT ON COLUMN cameo_dyads.event_date IS 'First day of the visit; where none is printed, that of the first telling.';
COMMENT ON COLUMN cameo_dyads.source IS 'CAMEO code of the state that acts; null where CAMEO has none.';
COMMENT ON COLUMN cameo_dyads.target IS 'CAMEO code of the other state.';
COMMENT ON COLUMN cameo_dyads.event_code IS '042 or 043.';
COMMENT ON COLUMN cameo_dyads.event IS 'The code in words.';

CREATE VIEW dyad_month AS
WITH months AS (
    SELECT unnest(generate_series(date_trunc('month', min(day))::DATE, max(day), INTERVAL 1 MONTH))::DATE AS month
    FROM coded_visits WHERE is_made
),
pairs AS (SELECT DISTINCT visitor_country, host_country FROM visits WHERE visitor_country IS NOT NULL AND host_country IS NOT NULL),
told AS (
    SELECT
        visitor_country, host_country, date_trunc('month', day)::DATE AS month,
        count(*) FILTER (is_made) AS visits,
        count(*) FILTER (is_made AND visitor_office IN ('head_of_state', 'head_of_government', 'royal')) AS top_visits,
        count(*) FILTER (status = 'announced') AS only_announced,
        count(*) FILTER (status IN ('postponed', 'cancelled')) AS not_made,
        sum(report_count) AS reports
    FROM coded_visits GROUP BY ALL
),
printed AS (SELECT source_country AS country, date_trunc('month', published_on)::DATE AS month, count(*) AS articles FROM articles GROUP BY ALL)
SELECT
    m.month, p.visitor_country, p.host_country,
    coalesce(t.visits, 0) AS visits, coalesce(t.top_visits, 0) AS top_visits, coalesce(t.only_announced, 0) AS only_announced,
    coalesce(t.not_made, 0) AS not_made, coalesce(t.reports, 0)::BIGINT AS reports,
    coalesce(a.articles, 0) AS visitors_press_articles, coalesce(b.articles, 0) AS hosts_press_articles
FROM months AS m
CROSS JOIN pairs AS p
LEFT JOIN told AS t USING (month, visitor_country, host_country)
LEFT JOIN printed AS a ON a.country = p.visitor_country AND a.month = m.month
LEFT JOIN printed AS b ON b.country = p.host_country AND b.month = m.month;
COMMENT ON VIEW dyad_month IS 'Visits by directed pair of states and month, with zeros: every pair that has any visit, every month from the first to the last. A zero is no visit told: where the articles beside it are 0 too, nobody looked.';
COMMENT ON COLUMN dyad_month.month IS 'First day of the month.';
COMMENT ON COLUMN dyad_month.visits IS 'Visits that were made and began in it.';
COMMENT ON COLUMN dyad_month.top_visits IS 'Those of heads of state or of government and of royals.';
COMMENT ON COLUMN dyad_month.only_announced IS 'Visits of which nothing but the announcement is told.';
COMMENT ON COLUMN dyad_month.not_made IS 'Visits told last as postponed or cancelled.';
COMMENT ON COLUMN dyad_month.reports IS 'Reports of all of these.';
COMMENT ON COLUMN dyad_month.visitors_press_articles IS 'Articles of the visitor''s press that were read and printed in it.';
COMMENT ON COLUMN dyad_month.hosts_press_articles IS 'The same of the host''s press.';

CREATE VIEW dyad_year AS
WITH years AS (SELECT unnest(generate_series(min(year(day)), max(year(day)))) AS year FROM coded_visits WHERE is_made),
pairs AS (SELECT DISTINCT visitor_country, host_country FROM visits WHERE visitor_country IS NOT NULL AND host_country IS NOT NULL),
told AS (
    SELECT
        visitor_country, host_country, year(day) AS year,
        count(*) FILTER (is_made) AS visits,
        count(*) FILTER (is_made AND visitor_office IN ('head_of_state', 'head_of_government', 'royal')) AS top_visits,
        count(*) FILTER (status = 'announced') AS only_announced,
        count(*) FILTER (status IN ('postponed', 'cancelled')) AS not_made,
        sum(report_count) AS reports
    FROM coded_visits GROUP BY ALL
),
printed AS (SELECT source_country AS country, year(published_on) AS year, count(*) AS articles FROM articles GROUP BY ALL),
codes AS (
    SELECT y.year, s.iso3, s.cow, s.gw
    FROM years AS y JOIN states AS s ON make_date(y.year::INTEGER, 12, 31) BETWEEN s.valid_from AND s.valid_to
)
SELECT
    CAST(y.year AS INTEGER) AS year, p.visitor_country, c.cow AS visitor_cow, c.gw AS visitor_gw, p.host_country, d.cow AS host_cow, d.gw AS host_gw,
    coalesce(t.visits, 0) AS visits, coalesce(t.top_visits, 0) AS top_visits, coalesce(t.only_announced, 0) AS only_announced,
    coalesce(t.not_made, 0) AS not_made, coalesce(t.reports, 0)::BIGINT AS reports,
    coalesce(a.articles, 0) AS visitors_press_articles, coalesce(b.articles, 0) AS hosts_press_articles
FROM years AS y
CROSS JOIN pairs AS p
LEFT JOIN told AS t USING (year, visitor_country, host_country)
LEFT JOIN printed AS a ON a.country = p.visitor_country AND a.year = y.year
LEFT JOIN printed AS b ON b.country = p.host_country AND b.year = y.year
LEFT JOIN codes AS c ON c.iso3 = p.visitor_country AND c.year = y.year
LEFT JOIN codes AS d ON d.iso3 = p.host_country AND d.year = y.year;
COMMENT ON VIEW dyad_year IS 'dyad_month by year, with the codes that held on its last day: what is not explained here means what it means there.';
COMMENT ON COLUMN dyad_year.year IS 'Year.';
COMMENT ON COLUMN dyad_year.visitor_cow IS 'Visitor''s state by Correlates of War.';
COMMENT ON COLUMN dyad_year.visitor_gw IS 'Visitor''s state by Gleditsch and Ward.';
COMMENT ON COLUMN dyad_year.host_cow IS 'Host by Correlates of War.';
COMMENT ON COLUMN dyad_year.host_gw IS 'Host by Gleditsch and Ward.';

CREATE VIEW joint_commissions AS
WITH sessions AS (
    SELECT
        least(visitor_country, host_country) AS one_state, greatest(visitor_country, host_country) AS other_state,
        CASE
            WHEN regexp_matches(strip_accents(lower(coalesce(committee_name, ''))), 'frontal|border|fronteir|fronteriz|حدود') THEN 'border'
            WHEN regexp_matches(strip_accents(lower(coalesce(committee_name, ''))), 'suivi|follow|seguimiento|acompanhamento|متابع') THEN 'follow_up'
            WHEN regexp_matches(strip_accents(lower(coalesce(committee_name, ''))), 'politi|strateg|estrateg|سياسي|استراتيجي') THEN 'political'
            WHEN regexp_matches(strip_accents(lower(coalesce(committee_name, ''))), 'militai|military|defen|عسكري') THEN 'military'
            ELSE 'joint'
        END AS commission,
        committee_session AS session_number, coalesce(start_on, first_told_on) AS day, host_country, status, committee_name, visit_id
    FROM visits
    WHERE (committee_name IS NOT NULL OR committee_session IS NOT NULL OR kind = 'joint_committee')
    AND visitor_country IS NOT NULL AND host_country IS NOT NULL
),
grouped AS (
    SELECT
        one_state, other_state, commission, session_number, min(day) AS day, arg_min(host_country, day) AS host_country,
        mode(status) AS status, any_value(committee_name) AS committee_name, list(visit_id ORDER BY day, visit_id) AS visit_ids
    FROM sessions
    -- without a number, each month is a session of its own
    GROUP BY one_state, other_state, commission, session_number, CASE WHEN session_number IS NULL THEN date_trunc('month', day) END
)
SELECT
    *,
    lag(session_number) OVER sequence AS previous_session,
    lag(day) OVER sequence AS previous_day,
    day - lag(day) OVER sequence AS days_since_previous,
    session_number - lag(session_number) OVER sequence - 1 AS sessions_not_told
FROM grouped
WINDOW sequence AS (PARTITION BY one_state, other_state, commission ORDER BY day, session_number);
COMMENT ON VIEW joint_commissions IS 'Sessions of joint commissions with their sequence: of each pair of states and kind of commission, one row for each session that visits were told for.';
COMMENT ON COLUMN joint_commissions.one_state IS 'The state whose code comes first in the alphabet.';
COMMENT ON COLUMN joint_commissions.other_state IS 'The other state.';
COMMENT ON COLUMN joint_commissions.commission IS 'joint, border, follow_up, political or military, by words of its name.';
COMMENT ON COLUMN joint_commissions.session_number IS 'Number of the session; null where none is printed.';
COMMENT ON COLUMN joint_commissions.day IS 'Its first day as told.';
COMMENT ON COLUMN joint_commissions.host_country IS 'Where it met.';
COMMENT ON COLUMN joint_commissions.status IS 'Status of its visits.';
COMMENT ON COLUMN joint_commissions.committee_name IS 'Its name as one paper prints it.';
COMMENT ON COLUMN joint_commissions.visit_ids IS 'The visits made for it.';
COMMENT ON COLUMN joint_commissions.previous_session IS 'Number of the session told before it.';
COMMENT ON COLUMN joint_commissions.previous_day IS 'Day of the session told before it.';
COMMENT ON COLUMN joint_commissions.days_since_previous IS 'Days between them.';
COMMENT ON COLUMN joint_commissions.sessions_not_told IS 'Sessions between the two by their numbers, of which this archive has no report.';

CREATE VIEW tours AS
WITH dated AS (
    SELECT
        visit_id, visitor_country, host_country, visitor_name, visitor_office, start_on, coalesce(end_on, start_on) AS last_on,
        -- one person holds these offices; of others the last word of the name tells them apart
        CASE
            WHEN visitor_office IN ('head_of_state', 'head_of_government', 'foreign_minister', 'royal') THEN visitor_office
            ELSE regexp_extract(strip_accents(lower(visitor_name)), '(\w+)\W*$', 1)
        END AS person
    FROM visits
    WHERE start_on_precision = 'day' AND status IN ('under_way', 'concluded', 'announced') AND visitor_country IS NOT NULL AND host_country IS NOT NULL
),
followed AS (
    SELECT *, coalesce(start_on - max(last_on) OVER (PARTITION BY visitor_country, person ORDER BY start_on, visit_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) > 3, true) AS is_first
    FROM dated WHERE person IS NOT NULL
),
numbered AS (
    SELECT *, sum(is_first::INTEGER) OVER (PARTITION BY visitor_country, person ORDER BY start_on, visit_id) AS tour FROM followed
)
SELECT
    arg_min(visit_id, (start_on, visit_id)) AS tour_id, visitor_country, mode(visitor_name) AS visitor_name, mode(visitor_office) AS visitor_office,
    min(start_on) AS start_on, max(last_on) AS end_on, CAST(count(DISTINCT host_country) AS INTEGER) AS stops,
    list(host_country ORDER BY start_on, visit_id) AS host_countries, list(visit_id ORDER BY start_on, visit_id) AS visit_ids
FROM numbered
GROUP BY visitor_country, person, tour
HAVING count(DISTINCT host_country) > 1;
COMMENT ON VIEW tours IS 'Tours: visits of one person to several states, each at most three days after the one before. Of visits with a known day only.';
COMMENT ON COLUMN tours.tour_id IS 'The first visit.';
COMMENT ON COLUMN tours.visitor_country IS 'State that travels.';
COMMENT ON COLUMN tours.visitor_name IS 'Visitor, as most visits have the name.';
COMMENT ON COLUMN tours.visitor_office IS 'Office.';
COMMENT ON COLUMN tours.start_on IS 'First day of the first visit.';
COMMENT ON COLUMN tours.end_on IS 'Last day of the last one, as far as told.';
COMMENT ON COLUMN tours.stops IS 'States visited.';
COMMENT ON COLUMN tours.host_countries IS 'States in the order of the visits.';
COMMENT ON COLUMN tours.visit_ids IS 'The visits in their order.';

CREATE VIEW agreements AS
SELECT
    v.visit_id, v.visitor_country, v.host_country, coalesce(v.start_on, v.first_told_on) AS day, g.status, g.text AS agreement,
    CAST(count(DISTINCT a.source) AS INTEGER) AS paper_count, list(DISTINCT l.report_id) AS report_ids, any_value(a.url) AS url
FROM report_agreements AS g
JOIN visit_reports AS l USING (report_id)
JOIN visits AS v USING (visit_id)
JOIN articles AS a ON a.article_id = l.article_id
GROUP BY v.visit_id, v.visitor_country, v.host_country, coalesce(v.start_on, v.first_told_on), g.status, g.text;
COMMENT ON VIEW agreements IS 'Agreements that reports of visits name, in the words of each: one agreement can stand in several wordings.';
COMMENT ON COLUMN agreements.day IS 'First day of the visit, else of its first telling.';
COMMENT ON COLUMN agreements.status IS 'signed on this visit, planned, or only referenced.';
COMMENT ON COLUMN agreements.agreement IS 'As printed, at most 300 characters.';
COMMENT ON COLUMN agreements.paper_count IS 'Sources that print it in these words.';
COMMENT ON COLUMN agreements.report_ids IS 'The reports that do.';
COMMENT ON COLUMN agreements.url IS 'Address of one of them.';

CREATE VIEW messages AS
SELECT
    visit_id, coalesce(start_on, first_told_on) AS day, visitor_country, host_country, visitor_name AS carried_by, visitor_office AS carried_by_office,
    message_from, host_name AS received_by, host_office AS received_by_office, list_contains(outcomes, 'message_delivered') AS is_delivered, status, report_count
FROM visits
WHERE message_from IS NOT NULL OR list_contains(outcomes, 'message_delivered');
COMMENT ON VIEW messages IS 'Messages carried from state to state by visitors.';
COMMENT ON COLUMN messages.day IS 'First day of the visit, else of its first telling.';
COMMENT ON COLUMN messages.carried_by IS 'Visitor as printed.';
COMMENT ON COLUMN messages.carried_by_office IS 'Office of the visitor.';
COMMENT ON COLUMN messages.message_from IS 'Sender, as printed.';
COMMENT ON COLUMN messages.received_by IS 'Host as printed: whom the reports put first.';
COMMENT ON COLUMN messages.received_by_office IS 'Office of the host.';
COMMENT ON COLUMN messages.is_delivered IS 'True where a report says that it was handed over.';

CREATE VIEW value_evidence AS
SELECT
    l.visit_id, unnest(e.fields) AS field, e.text, e.is_cut, a.headline, a.source, a.published_on, a.url, l.side,
    a.shelf_file, a.shelf_offset, a.shelf_length, e.place, e.span_start, e.span_end, e.rules, a.reader_version, a.coder_version, e.report_id, e.article_id
FROM evidence AS e
JOIN articles AS a ON a.article_id = e.article_id
JOIN visit_reports AS l ON l.report_id = e.report_id;
COMMENT ON VIEW value_evidence IS 'For each value of each visit the words on which it rests, the article, its address, and where the page stands on the archive''s shelves.';
COMMENT ON COLUMN value_evidence.field IS 'Field that the words support; visit for the sentence that shows the visit itself.';
COMMENT ON COLUMN value_evidence.headline IS 'Headline of the article.';
COMMENT ON COLUMN value_evidence.url IS 'Address of the article.';
