-- The same wording seen again: only its span of time grows, and the versions are those that read it last.
INSERT INTO article_revisions BY NAME SELECT * FROM incoming_article_revisions
ON CONFLICT (revision_id) DO UPDATE SET
    first_captured_at = least(article_revisions.first_captured_at, excluded.first_captured_at),
    last_captured_at = greatest(article_revisions.last_captured_at, excluded.last_captured_at),
    capture_digest = CASE WHEN excluded.last_captured_at >= article_revisions.last_captured_at THEN excluded.capture_digest ELSE article_revisions.capture_digest END,
    reader_version = CASE WHEN excluded.last_captured_at >= article_revisions.last_captured_at THEN excluded.reader_version ELSE article_revisions.reader_version END,
    coder_version = CASE WHEN excluded.last_captured_at >= article_revisions.last_captured_at THEN excluded.coder_version ELSE article_revisions.coder_version END,
    read_at = greatest(article_revisions.read_at, excluded.read_at);
