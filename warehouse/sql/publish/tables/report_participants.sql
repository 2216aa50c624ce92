CREATE TABLE published.report_participants AS
SELECT a.article_id, p.*
FROM report_participants AS p
JOIN articles AS a ON a.current_revision_id = p.revision_id
ORDER BY a.article_id, p.report_ordinal, p.role, p.ordinal;
