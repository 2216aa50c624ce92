INSERT INTO dictionary
WITH relations AS (
    SELECT table_name, 'table' AS table_kind, comment FROM duckdb_tables() WHERE database_name = current_database() AND NOT internal
    UNION ALL
    SELECT view_name, 'view', comment FROM duckdb_views() WHERE database_name = current_database() AND NOT internal
),
columns AS (
    SELECT table_name, table_kind, 0 AS position, NULL AS column_name, NULL AS data_type, comment AS meaning FROM relations
    UNION ALL
    SELECT c.table_name, r.table_kind, c.column_index, c.column_name, c.data_type, c.comment
    FROM duckdb_columns() AS c JOIN relations AS r USING (table_name)
    WHERE c.database_name = current_database() AND NOT c.internal
),
measured AS (
    SELECT field, 2 / sum(1 / nullif(value, 0)) AS f1
    FROM accuracy WHERE language = 'all' AND gold = 'invented'
    GROUP BY field
    HAVING count(*) = 2
)
SELECT
    c.table_name, c.table_kind, c.position, c.column_name, c.data_type, c.meaning,
    v.vocabulary, f.example,
    CASE
        WHEN c.table_kind = 'view' THEN 'derived'
        WHEN regexp_matches(c.table_name, '^(report|evidence)') THEN 'coded'
        WHEN regexp_matches(c.table_name, '^visit') THEN 'chosen'
        WHEN c.table_name IN ('articles', 'article_texts', 'related_links', 'quotations', 'search_texts') THEN 'read'
        WHEN c.table_name IN ('states', 'state_codes', 'sources') THEN 'told'
        ELSE 'counted'
    END AS made,
    f.share_filled,
    CASE WHEN c.table_name IN ('reports', 'visits', 'coded_visits') THEN round(m.f1, 3) END AS accuracy,
    c.table_name IN (
        'visits', 'reports', 'visit_reports', 'visit_status', 'visit_conflicts', 'visit_redirects', 'articles', 'sources', 'evidence', 'states',
        'coded_visits', 'colt', 'plover_events', 'cameo_dyads', 'dyad_year', 'dyad_month', 'joint_commissions', 'tours', 'about', 'accuracy', 'dictionary'
    ) AS is_promised
FROM columns AS c
LEFT JOIN incoming_filled AS f USING (table_name, column_name)
LEFT JOIN incoming_vocabularies AS v USING (table_name, column_name)
LEFT JOIN measured AS m ON m.field = regexp_replace(c.column_name, '_(value|precision|basis|text)$', '')
ORDER BY c.table_name, c.position;
