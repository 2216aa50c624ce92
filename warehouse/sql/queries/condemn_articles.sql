-- The articles, wordings and reports that go, for the statements that follow.
CREATE OR REPLACE TEMP TABLE condemned AS
SELECT a.article_id, a.article_id AS other_id, r.revision_id, p.report_id
FROM articles AS a
LEFT JOIN article_revisions AS r USING (article_id)
LEFT JOIN reports AS p ON p.article_id = a.article_id AND p.revision_id = r.revision_id
WHERE a.url IN (SELECT url FROM asked) OR a.listed_url IN (SELECT url FROM asked);
