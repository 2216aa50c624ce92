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
    count(*) OVER (PARTITION BY a.article_id) AS revision_count,
    a.first_captured_at,
    a.last_captured_at,
    g.gone_at,
    a.current_revision_id AS revision_id,
    v.reader_version,
    v.coder_version,
    c.shelf_file,
    c.shelf_offset,
    c.shelf_length,
    a.is_sample
FROM articles AS a
JOIN article_revisions AS v USING (article_id)
LEFT JOIN sources AS s ON s.source = a.source
LEFT JOIN (
    SELECT
        digest, arg_min(shelf_file, (captured_at, capture_id)) AS shelf_file,
        arg_min(shelf_offset, (captured_at, capture_id)) AS shelf_offset, arg_min(shelf_length, (captured_at, capture_id)) AS shelf_length
    FROM captures GROUP BY digest
) AS c ON c.digest = v.capture_digest
LEFT JOIN gone_articles AS g ON g.article_id = a.article_id
QUALIFY v.revision_id = a.current_revision_id
ORDER BY v.published_on, a.article_id;
