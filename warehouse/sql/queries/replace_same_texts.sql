INSERT INTO same_texts BY NAME SELECT * FROM incoming_same_texts
ON CONFLICT (article_id) DO UPDATE SET
    group_id = excluded.group_id,
    similarity = excluded.similarity,
    is_likely_original = excluded.is_likely_original,
    basis = excluded.basis,
    signed_by = excluded.signed_by;
DELETE FROM same_texts WHERE article_id NOT IN (SELECT article_id FROM incoming_same_texts);
