CREATE TABLE published.quotations AS
SELECT a.article_id, q.*
FROM quotations AS q JOIN articles AS a ON a.current_revision_id = q.revision_id
ORDER BY a.article_id, q.ordinal;
