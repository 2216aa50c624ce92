-- Every address that stands in a column of its own.
SELECT url FROM captures
UNION SELECT final_url FROM captures
UNION SELECT url FROM articles
UNION SELECT listed_url FROM articles
UNION SELECT url FROM fetches
UNION SELECT url FROM rejects
UNION SELECT url FROM related_links
UNION SELECT url FROM shelf_records
UNION SELECT url FROM validators
UNION SELECT url FROM article_addresses
UNION SELECT address FROM house_rules;
