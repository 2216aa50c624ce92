-- What was said of each visit from its announcement to its end: one row as long as the papers say the same.
CREATE TABLE published.visit_status AS
WITH told AS (
    SELECT
        l.visit_id,
        l.report_id,
        r.status,
        r.start_on_value,
        CASE WHEN r.start_on_precision = 'day' THEN 0 WHEN r.start_on_precision = 'month' THEN 1 ELSE 2 END AS vagueness,
        a.source,
        l.side,
        coalesce(v.published_on, CAST(a.first_captured_at AS DATE)) AS told_on,
        list_position(['announced', 'postponed', 'under_way', 'concluded', 'cancelled'], r.status) AS stage
    FROM visit_reports AS l
    JOIN reports AS r USING (report_id)
    JOIN articles AS a ON a.article_id = l.article_id
    JOIN article_revisions AS v ON v.revision_id = r.revision_id
),
turns AS (
    SELECT *, coalesce(status <> lag(status) OVER life, true) AS is_turn
    FROM told
    WINDOW life AS (PARTITION BY visit_id ORDER BY told_on, stage, report_id)
),
numbered AS (
    SELECT *, sum(is_turn::INTEGER) OVER (PARTITION BY visit_id ORDER BY told_on, stage, report_id) AS number FROM turns
)
SELECT
    visit_id,
    CAST(number AS INTEGER) AS number,
    any_value(status) AS status,
    min(told_on) AS first_told_on,
    max(told_on) AS last_told_on,
    arg_min(start_on_value, (vagueness, told_on, report_id)) FILTER (start_on_value IS NOT NULL) AS start_on_value,
    CAST(count(*) AS INTEGER) AS report_count,
    -- lists are sorted and thinned once they stand: within the aggregates it takes five times as long
    CAST(len(list_distinct(list(source))) AS INTEGER) AS paper_count,
    list_sort(list_distinct(list(side) FILTER (side IS NOT NULL))) AS sides,
    list_transform(list_sort(list((told_on, report_id))), lambda told: told[2]) AS report_ids
FROM numbered
GROUP BY visit_id, number
ORDER BY visit_id, number;
