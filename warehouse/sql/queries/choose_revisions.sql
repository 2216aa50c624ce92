-- The wording that counts is the one seen last, in whatever order wordings were loaded; of two readings of one page the
-- one that was accepted last. Of an article that another one replaces, none counts.
UPDATE articles SET current_revision_id = latest.revision_id
FROM (
    SELECT r.article_id, CASE WHEN a.replaced_by IS NULL THEN r.revision_id END AS revision_id
    FROM article_revisions AS r
    SEMI JOIN incoming_articles USING (article_id)
    JOIN articles AS a ON a.article_id = r.article_id
    QUALIFY row_number() OVER (
        PARTITION BY r.article_id
        ORDER BY r.last_captured_at DESC, r.read_at DESC NULLS LAST, r.reader_version DESC NULLS LAST, r.coder_version DESC NULLS LAST, r.first_captured_at DESC, r.revision_id
    ) = 1
) AS latest
WHERE articles.article_id = latest.article_id AND articles.current_revision_id IS DISTINCT FROM latest.revision_id
RETURNING articles.article_id;
