-- Articles that the published file no longer has are left out: an index may be older than the file.
SELECT s.* FROM search($asked) AS s SEMI JOIN published.articles AS a USING (article_id)
ORDER BY s.score DESC, s.published_on DESC NULLS LAST, s.article_id LIMIT $most;
