-- An address stays with the article that it was first seen with; its key is written anew, as today's rules make it.
INSERT INTO article_addresses BY NAME SELECT * FROM incoming_article_addresses
ON CONFLICT (url) DO UPDATE SET
    identity = excluded.identity,
    first_seen_at = least(article_addresses.first_seen_at, excluded.first_seen_at);
