-- The reports that count: of each article's current wording only. Rebuilt whenever this folder changes.

CREATE OR REPLACE VIEW current_reports AS
SELECT r.*
FROM reports AS r
JOIN articles AS a ON a.article_id = r.article_id AND a.current_revision_id = r.revision_id;
COMMENT ON VIEW current_reports IS 'Reports of the wording of each article that was seen last: only these count.';

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
