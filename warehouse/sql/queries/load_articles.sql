INSERT INTO articles BY NAME SELECT * FROM incoming_articles
ON CONFLICT (article_id) DO UPDATE SET
    listed_url = coalesce(articles.listed_url, excluded.listed_url),
    source = coalesce(articles.source, excluded.source),
    replaced_by = NULL,
    first_captured_at = least(articles.first_captured_at, excluded.first_captured_at),
    last_captured_at = greatest(articles.last_captured_at, excluded.last_captured_at);
