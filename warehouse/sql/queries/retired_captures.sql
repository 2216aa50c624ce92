WITH aged AS (
    SELECT
        c.url, c.captured_at, c.digest,
        c.captured_at < l.before AND c.captured_at < max(c.captured_at) OVER (PARTITION BY c.url) AS is_old
    FROM captures AS c LEFT JOIN asked_limits AS l USING (kind)
)
SELECT url, captured_at
FROM aged AS a
WHERE a.is_old AND NOT EXISTS (
    FROM aged AS k WHERE k.url = a.url AND k.digest = a.digest AND k.captured_at > a.captured_at AND k.is_old IS NOT TRUE
);
