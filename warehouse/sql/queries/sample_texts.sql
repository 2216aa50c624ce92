SELECT article_id, body FROM article_texts WHERE article_id IN (SELECT article_id FROM asked);
