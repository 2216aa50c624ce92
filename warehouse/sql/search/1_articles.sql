-- What is searched, from the published file that is attached beside; words go again once they are indexed.
CREATE TABLE articles AS
SELECT
    a.article_id, a.published_on, a.source, a.source_country, a.language, a.headline, a.url, a.is_visit,
    -- the Arabic article is written onto its word
    regexp_replace(t.words, '(^| )[وفبك]?ال(\p{Arabic}{3,})', '\1\2', 'g') AS words
FROM published.articles AS a
JOIN published.search_texts AS t USING (article_id)
ORDER BY a.published_on, a.article_id;
