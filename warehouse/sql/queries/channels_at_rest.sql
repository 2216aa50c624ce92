-- Of the asked channels, those that are not to be asked now:
-- * fresh: by its own word (RSS ttl, Cache-Control ...) its last answer holds until then, at most for a day;
-- * resting: it failed, and is asked ever more rarely: 25 minutes, doubled with each further failure, at most a week.
--   A failure that will hardly pass by itself (no such page, no feed any more, not allowed) weighs double, one for which
--   the site names its own pause nothing.
WITH looks AS (
    SELECT
        f.url, f.asked_at, f.outcome, f.detail,
        -- the bytes came, and were no feed
        EXISTS (
            SELECT 1 FROM rejects AS r
            WHERE r.run_id = f.run_id AND r.url = f.url AND r.level = 'feed' AND r.stage = 'discover'
        ) AS is_unread
    FROM fetches AS f SEMI JOIN asked USING (url)
    WHERE f.kind <> 'page' AND f.outcome NOT IN ('fresh', 'resting')
),
weighed AS (
    SELECT *, CASE
        WHEN is_unread THEN 2
        WHEN outcome IN ('ok', 'not_modified', 'rate_limited') THEN 0
        WHEN outcome IN ('timeout', 'truncated', 'network_error', 'robots_unreachable', 'http_error') THEN 1
        ELSE 2
    END AS weight
    FROM looks
),
good AS (
    SELECT url, max(asked_at) AS good_at FROM weighed WHERE outcome IN ('ok', 'not_modified') AND NOT is_unread GROUP BY url
),
failed AS (
    SELECT
        w.url, sum(w.weight) AS weight, count(*) AS failures, max(w.asked_at) AS failed_at,
        arg_max(CASE WHEN w.is_unread THEN 'no feed any more' ELSE w.outcome END, w.asked_at) AS last_outcome
    FROM weighed AS w LEFT JOIN good AS g USING (url)
    WHERE w.weight > 0 AND (g.good_at IS NULL OR w.asked_at > g.good_at)
    GROUP BY w.url
)
SELECT url, 'resting' AS outcome, until_at, failures, last_outcome
FROM (
    SELECT *, failed_at + to_minutes(CAST(least(7 * 24 * 60, 25 * power(2, least(weight, 20) - 1)) AS BIGINT)) AS until_at
    FROM failed
)
WHERE until_at > $now
UNION ALL
SELECT url, 'fresh', until_at, 0, NULL
FROM (
    SELECT url, checked_at, checked_at + to_seconds(least(ttl_seconds, 86400)) AS until_at
    FROM validators SEMI JOIN asked USING (url)
    WHERE ttl_seconds > 0
)
WHERE until_at > $now AND checked_at <= $now AND url NOT IN (SELECT url FROM failed);
