INSERT INTO search_texts
SELECT a.article_id, ' ' || plain_words(coalesce(a.headline, '') || ' ' || coalesce(t.body, '')) || ' '
FROM articles AS a LEFT JOIN article_texts AS t USING (article_id)
ORDER BY a.published_on, a.article_id;
