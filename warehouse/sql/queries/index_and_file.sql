-- The versions of the index and of the published file beside it, and whether they tell the same.
SELECT i.value AS index_version, p.value AS file_version, ik.value = pk.value AS is_same
FROM about AS i, published.about AS p, about AS ik, published.about AS pk
WHERE i.key = 'content_version' AND p.key = 'content_version' AND ik.key = 'content_key' AND pk.key = 'content_key';
