-- The article that stands under another spelling of an address: only its own address decides, not one that led to it once.
SELECT d.identity, arg_min(a.url, a.first_captured_at)
FROM article_addresses AS d
SEMI JOIN asked ON asked.url = d.identity
JOIN articles AS a ON a.article_id = d.article_id AND a.url = d.url
WHERE a.replaced_by IS NULL
GROUP BY d.identity;
