-- Of every source: its last run, its last success, and what the archive holds of it.
WITH ran AS (
    SELECT s.source, s.state, s.note, s.rejects, r.started_at, r.run_id
    FROM run_sources AS s JOIN runs AS r USING (run_id)
),
last_runs AS (
    SELECT
        source,
        max(started_at) AS last_run_at,
        arg_max(state, started_at) AS last_state,
        arg_max(note, started_at) AS last_note,
        arg_max(rejects, started_at) AS last_rejects,
        max(started_at) FILTER (state = 'done') AS last_success_at
    FROM ran
    GROUP BY source
),
failing AS (
    SELECT r.source, min(r.started_at) AS failing_since
    FROM ran AS r JOIN last_runs AS l USING (source)
    WHERE r.state IN ('failed', 'stopped') AND l.last_state <> 'done' AND (l.last_success_at IS NULL OR r.started_at > l.last_success_at)
    GROUP BY r.source
),
held AS (
    SELECT source, count(*) AS articles, max(first_captured_at) AS last_article_at FROM articles GROUP BY source
),
told AS (
    SELECT a.source, count(*) AS reports
    FROM current_reports AS r JOIN articles AS a USING (article_id)
    WHERE r.qualifies AND r.salience <> 'incidental'
    GROUP BY a.source
)
SELECT
    s.source, s.title, s.country, s.language, s.kind, s.is_verified, s.is_sample,
    l.last_run_at, l.last_state, l.last_note, l.last_success_at, l.last_rejects, f.failing_since,
    coalesce(h.articles, 0) AS articles, coalesce(t.reports, 0) AS reports, h.last_article_at
FROM sources AS s
LEFT JOIN last_runs AS l USING (source)
LEFT JOIN failing AS f USING (source)
LEFT JOIN held AS h USING (source)
LEFT JOIN told AS t USING (source)
ORDER BY s.source;
