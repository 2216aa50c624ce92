-- Every value that the replay read beside the one in the catalogue, as text: a row a page and field.
CREATE OR REPLACE TEMP TABLE replay_fields AS
WITH visits AS (
    SELECT 'old' AS side, * FROM reports SEMI JOIN (SELECT old_id AS revision_id FROM replay_pairs) USING (revision_id)
    UNION ALL BY NAME
    SELECT 'new' AS side, * FROM replayed.reports
),
hanging AS (
    SELECT 'old' AS side, report_id, 'topics' AS field, topic AS value FROM report_topics
    UNION ALL SELECT 'new', report_id, 'topics', topic FROM replayed.report_topics
    UNION ALL SELECT 'old', report_id, 'cities', city FROM report_cities
    UNION ALL SELECT 'new', report_id, 'cities', city FROM replayed.report_cities
    UNION ALL SELECT 'old', report_id, 'outcomes', outcome FROM report_outcomes
    UNION ALL SELECT 'new', report_id, 'outcomes', outcome FROM replayed.report_outcomes
    UNION ALL SELECT 'old', report_id, 'agreements', text || ' (' || status || ')' FROM report_agreements
    UNION ALL SELECT 'new', report_id, 'agreements', text || ' (' || status || ')' FROM replayed.report_agreements
    UNION ALL SELECT 'old', report_id, 'delegation', name FROM report_participants WHERE role = 'delegation'
    UNION ALL SELECT 'new', report_id, 'delegation', name FROM replayed.report_participants WHERE role = 'delegation'
),
listed AS (
    SELECT side, report_id, field, string_agg(value, ' | ' ORDER BY value) AS value FROM hanging GROUP BY ALL
),
-- visits of one page are compared dyad by dyad, the first with the first
numbered AS (
    SELECT
        side,
        revision_id,
        report_id,
        concat_ws(' → ', coalesce(visitor_country, '???'), coalesce(host_country, '???')) AS dyad,
        row_number() OVER (PARTITION BY side, revision_id, visitor_country, host_country ORDER BY ordinal) AS place,
        visitor_name, visitor_office, visitor_title_text, host_name, host_office, kind, occasion, status, salience,
        start_on_value AS start_on, end_on_value AS end_on, committee_name, message_from
    FROM visits
),
told AS (
    SELECT side, report_id, field, value
    FROM (SELECT side, report_id, COLUMNS(* EXCLUDE (side, report_id, revision_id, dyad, place))::VARCHAR FROM numbered)
    UNPIVOT INCLUDE NULLS (value FOR field IN (COLUMNS(* EXCLUDE (side, report_id))))
    UNION ALL
    SELECT n.side, n.report_id, f.field, l.value
    FROM numbered AS n
    CROSS JOIN (VALUES ('topics'), ('cities'), ('outcomes'), ('agreements'), ('delegation')) AS f (field)
    LEFT JOIN listed AS l ON l.side = n.side AND l.report_id = n.report_id AND l.field = f.field
),
paired_visits AS (
    SELECT
        coalesce(o.pair, n.pair) AS pair, coalesce(o.dyad, n.dyad) AS dyad, o.report_id AS old_report, n.report_id AS new_report
    FROM (SELECT p.new_id AS pair, v.* FROM replay_pairs AS p JOIN numbered AS v ON v.side = 'old' AND v.revision_id = p.old_id) AS o
    FULL JOIN (SELECT p.new_id AS pair, v.* FROM replay_pairs AS p JOIN numbered AS v ON v.side = 'new' AND v.revision_id = p.new_id WHERE p.old_id IS NOT NULL) AS n
        ON n.pair = o.pair AND n.dyad = o.dyad AND n.place = o.place
),
page_values AS (
    SELECT side, revision_id, field, value
    FROM (
        SELECT side, revision_id, COLUMNS(* EXCLUDE (side, revision_id))::VARCHAR
        FROM (
            SELECT
                side, revision_id, headline, array_to_string(byline, ' | ') AS byline, agency, dateline_text, dateline_city, published_on,
                published_at_text AS published_at, published_basis, language, lede, body, section, array_to_string(tags, ' | ') AS tags,
                array_to_string(captions, ' | ') AS captions, is_truncated, is_visit, url AS address
            FROM (
                SELECT 'old' AS side, r.*, a.url FROM article_revisions AS r SEMI JOIN (SELECT old_id AS revision_id FROM replay_pairs) USING (revision_id) JOIN articles AS a ON a.article_id = r.article_id
                UNION ALL BY NAME
                SELECT 'new' AS side, r.*, a.url FROM replayed.article_revisions AS r JOIN replayed.articles AS a ON a.article_id = r.article_id
            )
        )
    ) UNPIVOT INCLUDE NULLS (value FOR field IN (COLUMNS(* EXCLUDE (side, revision_id))))
)
SELECT p.source, p.language, p.url, o.field, o.value AS old, n.value AS new
FROM replay_pairs AS p
JOIN page_values AS o ON o.side = 'old' AND o.revision_id = p.old_id
JOIN page_values AS n ON n.side = 'new' AND n.revision_id = p.new_id AND n.field = o.field
UNION ALL
SELECT p.source, p.language, p.url, 'visit', CASE WHEN v.old_report IS NOT NULL THEN v.dyad END, CASE WHEN v.new_report IS NOT NULL THEN v.dyad END
FROM paired_visits AS v JOIN replay_pairs AS p ON p.new_id = v.pair
UNION ALL
SELECT p.source, p.language, p.url, 'visit: ' || o.field, o.value, n.value
FROM paired_visits AS v
JOIN replay_pairs AS p ON p.new_id = v.pair
JOIN told AS o ON o.side = 'old' AND o.report_id = v.old_report
JOIN told AS n ON n.side = 'new' AND n.report_id = v.new_report AND n.field = o.field
UNION ALL
-- whether the page could be read at all
SELECT c.source, coalesce(p.language, 'unknown'), c.url, 'page',
    CASE WHEN known.capture_digest IS NOT NULL THEN 'read' ELSE coalesce(was.reason, 'not read') END,
    CASE WHEN p.new_id IS NOT NULL THEN 'read' ELSE coalesce(now.reason, 'not read') END
FROM replayed.captures AS c
LEFT JOIN (SELECT DISTINCT capture_digest FROM article_revisions) AS known ON known.capture_digest = c.digest
LEFT JOIN (SELECT n.capture_digest, any_value(q.new_id) AS new_id, any_value(q.language) AS language FROM replayed.article_revisions AS n JOIN replay_pairs AS q ON q.new_id = n.revision_id GROUP BY n.capture_digest) AS p ON p.capture_digest = c.digest
LEFT JOIN (SELECT shelf_file, shelf_offset, any_value(reason) AS reason FROM rejects WHERE level = 'page' GROUP BY ALL) AS was USING (shelf_file, shelf_offset)
LEFT JOIN (SELECT shelf_file, shelf_offset, any_value(reason) AS reason FROM replayed.rejects WHERE level = 'page' GROUP BY ALL) AS now USING (shelf_file, shelf_offset);
