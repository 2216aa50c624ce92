-- When an article of each source last came new or in a new wording.
SELECT a.source, max(v.first_captured_at) AS last_changed_at, count(*) AS revisions
FROM article_revisions AS v JOIN articles AS a USING (article_id)
GROUP BY a.source
ORDER BY a.source;
