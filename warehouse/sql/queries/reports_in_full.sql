-- Reports with all that is chosen from when their visit is made.
WITH chosen AS (SELECT r.* FROM reports AS r SEMI JOIN asked_reports USING (report_id)),
cities AS (
    SELECT report_id, list(city ORDER BY ordinal) AS cities FROM report_cities SEMI JOIN chosen USING (report_id) GROUP BY ALL
),
topics AS (
    SELECT report_id, list(topic ORDER BY ordinal) AS topics FROM report_topics SEMI JOIN chosen USING (report_id) GROUP BY ALL
),
outcomes AS (
    SELECT report_id, list(outcome ORDER BY ordinal) AS outcomes FROM report_outcomes SEMI JOIN chosen USING (report_id) GROUP BY ALL
),
delegations AS (
    SELECT report_id, list(name ORDER BY ordinal) AS delegation
    FROM report_participants SEMI JOIN chosen USING (report_id)
    WHERE role = 'delegation' AND name IS NOT NULL
    GROUP BY ALL
)
SELECT
    c.report_id, c.article_id, c.ordinal, c.is_sample, c.visitor_country, c.host_country, c.visitor_name,
    c.visitor_office, c.visitor_title_text, c.host_name, c.host_office, c.kind, c.occasion, c.status,
    c.start_on, c.start_on_value, c.start_on_precision, c.start_on_basis,
    c.end_on, c.end_on_value, c.end_on_precision, c.end_on_basis,
    c.committee_name, c.committee_session_number, c.message_from, c.confidence,
    v.published_on, a.first_captured_at, a.source, s.country AS source_country,
    cities.cities, topics.topics, outcomes.outcomes, delegations.delegation
FROM chosen AS c
JOIN articles AS a USING (article_id)
JOIN article_revisions AS v ON v.revision_id = c.revision_id
LEFT JOIN sources AS s ON s.source = a.source
LEFT JOIN cities USING (report_id)
LEFT JOIN topics USING (report_id)
LEFT JOIN outcomes USING (report_id)
LEFT JOIN delegations USING (report_id);
