-- How a source's requests were answered; the example is the latest of its outcome.
SELECT
    kind, outcome, count(*) AS count, max(asked_at) AS last_asked_at, round(median(seconds), 3) AS median_seconds,
    sum(bytes) AS bytes, arg_max(robots, asked_at) AS robots, arg_max(reservation, asked_at) AS reservation,
    arg_max(url, asked_at) AS example_url, arg_max(detail, asked_at) AS example_detail
FROM fetches
WHERE source = $source
GROUP BY kind, outcome
ORDER BY count DESC, kind, outcome;
