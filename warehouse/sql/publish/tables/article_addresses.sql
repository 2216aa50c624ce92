CREATE TABLE published.article_addresses AS
SELECT url, article_id, first_seen_at FROM article_addresses ORDER BY article_id, url;
