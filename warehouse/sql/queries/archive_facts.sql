SELECT
    a.archive_id,
    a.content_version,
    a.is_sample,
    (SELECT string_agg(DISTINCT reader_version, ', ' ORDER BY reader_version) FROM article_revisions) AS reader_versions,
    (SELECT string_agg(DISTINCT coder_version, ', ' ORDER BY coder_version) FROM article_revisions) AS coder_versions,
    strftime(now(), '%Y-%m-%dT%H:%M:%SZ') AS made_at
FROM archive AS a;
