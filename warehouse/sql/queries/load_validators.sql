INSERT INTO validators BY NAME SELECT * FROM incoming_validators
ON CONFLICT (url) DO UPDATE SET
    etag = excluded.etag,
    last_modified = excluded.last_modified,
    checked_at = excluded.checked_at,
    ttl_seconds = excluded.ttl_seconds
WHERE excluded.checked_at >= validators.checked_at;
