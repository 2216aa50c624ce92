-- The reports that count: of each article's current wording only. Rebuilt whenever this folder changes.

CREATE OR REPLACE VIEW current_reports AS
SELECT r.*
FROM reports AS r
JOIN articles AS a ON a.article_id = r.article_id AND a.current_revision_id = r.revision_id;
COMMENT ON VIEW current_reports IS 'Reports of the wording of each article that was seen last: only these count.';

CREATE OR REPLACE VIEW gone_articles AS
WITH missed AS (SELECT DISTINCT url FROM fetches WHERE outcome = 'gone'),
asked AS (SELECT url, asked_at, outcome FROM fetches SEMI JOIN missed USING (url)),
looks AS (
    SELECT a.article_id, f.asked_at, f.outcome FROM articles AS a JOIN asked AS f ON f.url = a.url
    UNION ALL
    SELECT a.article_id, f.asked_at, f.outcome FROM articles AS a JOIN asked AS f ON f.url = a.listed_url
),
seen AS (
    SELECT article_id, max(asked_at) AS seen_at FROM looks WHERE outcome IN ('ok', 'not_modified') GROUP BY article_id
    UNION ALL
    SELECT article_id, last_captured_at FROM articles
)
SELECT l.article_id, min(l.asked_at) AS gone_at
FROM looks AS l
JOIN (SELECT article_id, max(seen_at) AS seen_at FROM seen GROUP BY article_id) AS s USING (article_id)
WHERE l.outcome = 'gone' AND l.asked_at > s.seen_at
GROUP BY l.article_id;
COMMENT ON VIEW gone_articles IS 'Articles that their paper took back: the address answered 404 or 410 after it was last read.';
COMMENT ON COLUMN gone_articles.article_id IS 'The article; its last wording stays.';
COMMENT ON COLUMN gone_articles.gone_at IS 'When it was first found gone.';

CREATE OR REPLACE VIEW revision_history AS
SELECT
    v.article_id,
    v.revision_id,
    row_number() OVER history AS number,
    v.revision_id = a.current_revision_id AS is_current,
    CASE
        WHEN lag(v.revision_id) OVER history IS NULL THEN 'first'
        WHEN lag(v.text_digest) OVER history = v.text_digest THEN 'read_again'
        ELSE 'text_changed'
    END AS cause,
    v.first_captured_at,
    v.last_captured_at,
    v.reader_version,
    v.coder_version
FROM article_revisions AS v
JOIN articles AS a USING (article_id)
WINDOW history AS (PARTITION BY v.article_id ORDER BY v.first_captured_at, v.revision_id);
COMMENT ON VIEW revision_history IS 'Wordings of each article in order of time, and whether the article or only our reading changed.';
COMMENT ON COLUMN revision_history.article_id IS 'The article.';
COMMENT ON COLUMN revision_history.revision_id IS 'The wording.';
COMMENT ON COLUMN revision_history.number IS 'Place in time, from 1.';
COMMENT ON COLUMN revision_history.is_current IS 'True for the wording that counts.';
COMMENT ON COLUMN revision_history.cause IS 'first, text_changed (headline or body differ from the wording before) or read_again (only our reading differs).';
COMMENT ON COLUMN revision_history.first_captured_at IS 'When it was first fetched.';
COMMENT ON COLUMN revision_history.last_captured_at IS 'When it was last fetched and read.';
COMMENT ON COLUMN revision_history.reader_version IS 'Version of the page reader.';
COMMENT ON COLUMN revision_history.coder_version IS 'Version of the visit coder.';
