-- The day is that of the source's clock.
INSERT INTO fetches BY NAME
SELECT i.* REPLACE (CAST(timezone(coalesce(s.timezone, 'UTC'), i.asked_at) AS DATE) AS day)
FROM incoming_fetches AS i LEFT JOIN sources AS s USING (source)
ON CONFLICT (fetch_id) DO NOTHING;
