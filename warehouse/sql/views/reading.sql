-- The reports that count: of each article's current wording only. Rebuilt whenever this folder changes.

CREATE OR REPLACE VIEW current_reports AS
SELECT r.*
FROM reports AS r
JOIN articles AS a ON a.article_id = r.article_id AND a.current_revision_id = r.revision_id;
COMMENT ON VIEW current_reports IS 'Reports of the wording of each article that was seen last: only these count.';

CREATE OR REPLACE VIEW article_turns AS
WITH missed AS (SELECT DISTINCT url FROM fetches WHERE outcome = 'gone'),
missing AS (SELECT DISTINCT d.article_id FROM article_addresses AS d SEMI JOIN missed USING (url)),
looks AS (
    SELECT d.article_id, f.asked_at AS looked_at, f.outcome = 'gone' AS is_gone
    FROM article_addresses AS d SEMI JOIN missing USING (article_id) JOIN fetches AS f ON f.url = d.url
    WHERE f.outcome IN ('gone', 'ok', 'not_modified')
    UNION ALL
    SELECT article_id, unnest([first_captured_at, last_captured_at]), false
    FROM article_revisions SEMI JOIN missing USING (article_id)
)
SELECT article_id, looked_at AS turned_at, is_gone
FROM looks
-- what was gone before it was ever read is no turn
QUALIFY is_gone <> lag(is_gone) OVER (PARTITION BY article_id ORDER BY looked_at, is_gone);
COMMENT ON VIEW article_turns IS 'When an article was found taken back, and when it was found to stand again.';
COMMENT ON COLUMN article_turns.article_id IS 'The article.';
COMMENT ON COLUMN article_turns.turned_at IS 'The first look that found it so.';
COMMENT ON COLUMN article_turns.is_gone IS 'True: its addresses answered 404 or 410; false: it was there again.';

CREATE OR REPLACE VIEW gone_articles AS
SELECT article_id, max(turned_at) AS gone_at FROM article_turns GROUP BY article_id HAVING arg_max(is_gone, turned_at);
COMMENT ON VIEW gone_articles IS 'Articles that their paper took back: the address answered 404 or 410 after it was last read.';
COMMENT ON COLUMN gone_articles.article_id IS 'The article; its last wording stays.';
COMMENT ON COLUMN gone_articles.gone_at IS 'When it was first found gone.';

CREATE OR REPLACE VIEW revision_history AS
WITH wordings AS (
    SELECT
        v.article_id,
        v.revision_id,
        v.revision_id = a.current_revision_id AS is_current,
        CASE
            WHEN lag(v.revision_id) OVER history IS NULL THEN 'first'
            WHEN lag(v.text_digest) OVER history = v.text_digest THEN 'read_again'
            WHEN lag(v.headline) OVER history IS DISTINCT FROM v.headline THEN 'headline_changed'
            ELSE 'text_changed'
        END AS cause,
        v.first_captured_at,
        v.last_captured_at,
        v.reader_version,
        v.coder_version
    FROM article_revisions AS v
    JOIN articles AS a USING (article_id)
    WINDOW history AS (PARTITION BY v.article_id ORDER BY v.first_captured_at, v.revision_id)
),
events AS (
    SELECT * FROM wordings
    UNION ALL
    SELECT article_id, NULL, false, CASE WHEN is_gone THEN 'gone' ELSE 'back' END, turned_at, turned_at, NULL, NULL
    FROM article_turns
)
SELECT
    article_id,
    -- a turn belongs to the wording that stood before it: nothing of the text is lost
    last_value(revision_id IGNORE NULLS) OVER (history ROWS UNBOUNDED PRECEDING) AS revision_id,
    row_number() OVER history AS number,
    is_current,
    cause,
    first_captured_at,
    last_captured_at,
    reader_version,
    coder_version
FROM events
WINDOW history AS (PARTITION BY article_id ORDER BY first_captured_at, cause IN ('gone', 'back'), revision_id);
COMMENT ON VIEW revision_history IS 'The life of each article in order of time: its wordings, whether the article or only our reading changed, and when the paper took it back.';
COMMENT ON COLUMN revision_history.article_id IS 'The article.';
COMMENT ON COLUMN revision_history.revision_id IS 'The wording; of a turn the wording that stood before it.';
COMMENT ON COLUMN revision_history.number IS 'Place in time, from 1.';
COMMENT ON COLUMN revision_history.is_current IS 'True for the wording that counts.';
COMMENT ON COLUMN revision_history.cause IS 'first, headline_changed, text_changed (the headline is the same, the body is not), read_again (only our reading differs), gone (the address answers 404 or 410) or back (it is there again).';
COMMENT ON COLUMN revision_history.first_captured_at IS 'When it was first fetched, or found gone or back.';
COMMENT ON COLUMN revision_history.last_captured_at IS 'When it was last fetched and read.';
COMMENT ON COLUMN revision_history.reader_version IS 'Version of the page reader.';
COMMENT ON COLUMN revision_history.coder_version IS 'Version of the visit coder.';
