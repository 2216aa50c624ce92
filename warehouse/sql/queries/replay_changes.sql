-- By field, source and language: how many values were compared, and what would change.
SELECT
    field,
    source,
    language,
    count(*) AS compared,
    count(*) FILTER (old IS DISTINCT FROM new) AS changed,
    count(*) FILTER (old IS NULL AND new IS NOT NULL) AS gained,
    count(*) FILTER (old IS NOT NULL AND new IS NULL) AS lost
FROM replay_fields
GROUP BY ALL
HAVING changed > 0
ORDER BY changed DESC, field, source, language;
