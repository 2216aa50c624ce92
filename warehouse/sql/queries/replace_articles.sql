-- Articles whose pages are read as another article today, and that the replay did not read themselves; and those that
-- count again.
UPDATE articles SET replaced_by = p.new_article_id
FROM (SELECT old_article_id, min(new_article_id) AS new_article_id FROM replay_pairs WHERE old_article_id <> new_article_id GROUP BY ALL) AS p
WHERE articles.article_id = p.old_article_id AND NOT EXISTS (SELECT 1 FROM replayed.articles AS n WHERE n.article_id = p.old_article_id);
