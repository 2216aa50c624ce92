-- The wording that counts is the one seen last, in whatever order wordings were loaded.
UPDATE articles SET current_revision_id = latest.revision_id
FROM (
    SELECT article_id, revision_id
    FROM article_revisions SEMI JOIN incoming_articles USING (article_id)
    QUALIFY row_number() OVER (
        PARTITION BY article_id
        ORDER BY last_captured_at DESC, reader_version DESC NULLS LAST, coder_version DESC NULLS LAST, first_captured_at DESC, revision_id
    ) = 1
) AS latest
WHERE articles.article_id = latest.article_id AND articles.current_revision_id IS DISTINCT FROM latest.revision_id
RETURNING articles.article_id;
