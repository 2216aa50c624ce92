-- Facts and headlines of the current wording; never bodies, ledes, bylines or captions.
CREATE TABLE published.articles AS
SELECT
    a.article_id,
    a.url,
    a.source,
    s.country AS source_country,
    v.headline,
    v.agency,
    v.dateline_city,
    v.published_on,
    v.published_at,
    v.published_at_text,
    v.published_basis,
    v.modified_at,
    v.language,
    v.section,
    v.tags,
    v.is_truncated,
    v.is_visit,
    length(v.body) AS body_length,
    coalesce(m.revision_count, 1) AS revision_count,
    a.first_captured_at,
    a.last_captured_at,
    g.gone_at,
    a.current_revision_id AS revision_id,
    v.reader_version,
    v.coder_version,
    c.first.shelf_file,
    c.first.shelf_offset,
    c.first.shelf_length,
    a.is_sample
FROM articles AS a
JOIN article_revisions AS v ON v.revision_id = a.current_revision_id AND v.article_id = a.article_id
LEFT JOIN (
    SELECT article_id, count(*) AS revision_count FROM article_revisions GROUP BY article_id HAVING count(*) > 1
) AS m ON m.article_id = a.article_id
LEFT JOIN sources AS s ON s.source = a.source
LEFT JOIN (
    SELECT
        digest,
        arg_min({'shelf_file': shelf_file, 'shelf_offset': shelf_offset, 'shelf_length': shelf_length}, (captured_at, capture_id))
            FILTER (shelf_file IS NOT NULL) AS first
    FROM captures GROUP BY digest
) AS c ON c.digest = v.capture_digest
LEFT JOIN gone_articles AS g ON g.article_id = a.article_id
ORDER BY v.published_on, a.article_id;
