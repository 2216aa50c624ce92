-- Addresses of the articles that are known by one of the asked ones, and those that led to one of them.
SELECT url FROM articles WHERE listed_url IN (SELECT url FROM asked)
UNION SELECT listed_url FROM articles WHERE url IN (SELECT url FROM asked)
UNION SELECT url FROM captures WHERE final_url IN (SELECT url FROM asked)
UNION SELECT others.url FROM article_addresses AS own JOIN article_addresses AS others USING (article_id) WHERE own.url IN (SELECT url FROM asked);
