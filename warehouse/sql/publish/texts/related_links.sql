CREATE TABLE published.related_links AS
SELECT a.article_id, q.*
FROM related_links AS q JOIN articles AS a ON a.current_revision_id = q.revision_id
ORDER BY a.article_id, q.ordinal;
