-- An address is due when it was never asked for, or when it has been left alone long enough:
-- * a page that came: its age is doubled between two looks, from three hours on, and it rests after fourteen days;
-- * a failure that may pass: half an hour, doubled with each further failure, at most a week, ten times;
-- * a refusal or a page that is gone: thirty days;
-- and not while it holds by its own word (Cache-Control), for a day at most.
-- An article that came under another spelling of the address counts as a look at it.
WITH spelled AS (
    SELECT asked.url, d.url AS known_url
    FROM asked JOIN article_addresses AS d ON d.identity = asked.identity AND d.url <> asked.url
),
looks AS (
    SELECT url, captured_at AS looked_at, 'ok' AS outcome FROM captures SEMI JOIN asked USING (url)
    UNION ALL
    SELECT url, asked_at, outcome FROM fetches SEMI JOIN asked USING (url)
    UNION ALL
    SELECT a.listed_url, a.last_captured_at, 'ok' FROM articles AS a JOIN asked ON asked.url = a.listed_url
    UNION ALL
    SELECT a.url, a.last_captured_at, 'ok' FROM articles AS a JOIN asked ON asked.url = a.url
    UNION ALL
    SELECT spelled.url, c.captured_at, 'ok' FROM spelled JOIN captures AS c ON c.url = spelled.known_url
    UNION ALL
    SELECT spelled.url, f.asked_at, f.outcome FROM spelled JOIN fetches AS f ON f.url = spelled.known_url
    WHERE f.outcome IN ('ok', 'not_modified')
    UNION ALL
    SELECT spelled.url, a.last_captured_at, 'ok' FROM spelled JOIN articles AS a ON a.url = spelled.known_url
),
histories AS (
    SELECT
        url,
        min(looked_at) FILTER (outcome IN ('ok', 'not_modified')) AS first_seen_at,
        max(looked_at) FILTER (outcome IN ('ok', 'not_modified')) AS last_seen_at,
        max(looked_at) AS last_looked_at,
        arg_max(outcome, looked_at) AS last_outcome
    FROM looks
    GROUP BY url
),
failures AS (
    SELECT h.url, count(*) AS failure_count
    FROM histories AS h JOIN looks AS l ON l.url = h.url
    WHERE l.outcome NOT IN ('ok', 'not_modified') AND (h.last_seen_at IS NULL OR l.looked_at > h.last_seen_at)
    GROUP BY h.url
)
SELECT asked.url
FROM asked
LEFT JOIN histories AS h ON h.url = asked.url
LEFT JOIN failures AS f ON f.url = asked.url
LEFT JOIN validators AS v ON v.url = asked.url
WHERE h.url IS NULL
OR CASE
    WHEN h.last_outcome IN ('ok', 'not_modified') THEN
        h.last_looked_at < h.first_seen_at + INTERVAL 14 DAY
        AND $now >= h.last_looked_at + greatest(INTERVAL 3 HOUR, h.last_looked_at - h.first_seen_at)
        AND (v.ttl_seconds IS NULL OR $now >= v.checked_at + to_seconds(least(v.ttl_seconds, 86400)))
    WHEN h.last_outcome IN ('gone', 'robots_disallowed', 'tdm_reserved', 'archive_refused', 'walled', 'invalid_url', 'refused_address', 'too_large', 'undecodable', 'too_many_redirects') THEN
        $now >= h.last_looked_at + INTERVAL 30 DAY
    ELSE
        f.failure_count <= 10
        AND $now >= h.last_looked_at + to_minutes(CAST(least(7 * 24 * 60, 30 * power(2, f.failure_count - 1)) AS BIGINT))
END;
