UPDATE article_revisions SET capture_digest = changed.after FROM changed WHERE article_revisions.capture_digest = changed.before;
