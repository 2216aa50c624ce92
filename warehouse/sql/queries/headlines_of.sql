SELECT DISTINCT headline
FROM article_revisions AS r JOIN articles AS a USING (article_id)
WHERE (a.url IN (SELECT url FROM asked) OR a.listed_url IN (SELECT url FROM asked)) AND headline IS NOT NULL;
