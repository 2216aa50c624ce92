-- Each wording that the replay read beside the catalogue's wording of the same page: of the same article where it has
-- one, else (its address is read otherwise today) of any article of the source.
CREATE OR REPLACE TEMP TABLE replay_pairs AS
SELECT
    n.revision_id AS new_id,
    o.revision_id AS old_id,
    n.article_id AS new_article_id,
    o.article_id AS old_article_id,
    na.source,
    coalesce(o.language, n.language, 'unknown') AS language,
    na.url
FROM replayed.article_revisions AS n
JOIN replayed.articles AS na ON na.article_id = n.article_id
LEFT JOIN (
    SELECT r.*, a.source, a.current_revision_id
    FROM article_revisions AS r JOIN articles AS a ON a.article_id = r.article_id
) AS o ON o.capture_digest = n.capture_digest AND o.source IS NOT DISTINCT FROM na.source
QUALIFY row_number() OVER (
    PARTITION BY n.revision_id
    ORDER BY o.article_id = n.article_id DESC NULLS LAST, o.revision_id = o.current_revision_id DESC NULLS LAST, o.last_captured_at DESC, o.revision_id
) = 1;
