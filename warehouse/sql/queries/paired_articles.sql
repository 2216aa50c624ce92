-- What decides on the original of each group.
SELECT
    a.article_id, a.source, s.title, s.kind, v.agency, v.published_on, v.published_at, length(v.body) AS length, a.first_captured_at
FROM articles AS a
JOIN article_revisions AS v ON v.revision_id = a.current_revision_id
LEFT JOIN sources AS s ON s.source = a.source
WHERE a.article_id IN (SELECT article_id FROM text_pairs UNION ALL SELECT other_id FROM text_pairs);
