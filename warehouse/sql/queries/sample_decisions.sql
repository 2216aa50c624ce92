SELECT article_id, language, is_visit FROM articles WHERE article_id IN (SELECT article_id FROM asked);
