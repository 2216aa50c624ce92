INSERT INTO feeds BY NAME
SELECT
    url,
    arg_max(source, asked_at) AS source,
    arg_max(kind, asked_at) AS kind,
    min(asked_at) AS first_asked_at,
    max(asked_at) AS last_asked_at,
    arg_max(outcome, asked_at) AS last_outcome
FROM incoming_fetches
WHERE kind IN ('feed', 'sitemap', 'listing')
GROUP BY url
ON CONFLICT (url) DO UPDATE SET
    source = excluded.source,
    kind = excluded.kind,
    first_asked_at = least(feeds.first_asked_at, excluded.first_asked_at),
    last_asked_at = greatest(feeds.last_asked_at, excluded.last_asked_at),
    last_outcome = CASE WHEN excluded.last_asked_at >= feeds.last_asked_at THEN excluded.last_outcome ELSE feeds.last_outcome END;
