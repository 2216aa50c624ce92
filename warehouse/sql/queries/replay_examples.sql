-- Of each field, some pages whose value would change.
SELECT field, source, language, url, old, new
FROM replay_fields
WHERE old IS DISTINCT FROM new
QUALIFY row_number() OVER (PARTITION BY field ORDER BY hash(url), url, old, new) <= $examples
ORDER BY field, url, old, new;
