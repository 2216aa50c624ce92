-- When did the archive see nothing of a source, and why?
--
-- Unbroken stretches of days without an article, longest first, with the commonest reason. Only nothing_listed, nothing_new and other_days are silence of the paper; with every other reason visits may have been told that nobody read.
WITH silent AS (
    SELECT source, day, why_not, day - CAST(row_number() OVER (PARTITION BY source ORDER BY day) AS INTEGER) AS stretch
    FROM coverage WHERE articles = 0
)
SELECT source, min(day) AS first_day, max(day) AS last_day, count(*) AS days, mode(why_not ORDER BY day) AS commonest_reason
FROM silent
GROUP BY source, stretch
ORDER BY days DESC, source, first_day
LIMIT 50;
