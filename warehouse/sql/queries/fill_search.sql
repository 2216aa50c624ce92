INSERT INTO search_texts
WITH words AS (SELECT article_id, string_agg(text, ' ' ORDER BY report_id, ordinal) AS text FROM evidence GROUP BY article_id)
SELECT a.article_id, ' ' || plain_words(coalesce(a.headline, '') || ' ' || coalesce(w.text, '')) || ' '
FROM articles AS a LEFT JOIN words AS w USING (article_id)
ORDER BY a.published_on, a.article_id;
