-- Texts that changed, were withdrawn or were sketched in another way are compared anew.
DELETE FROM text_sketches
WHERE method <> hash('four words, one in eight')
OR NOT EXISTS (SELECT 1 FROM articles AS a WHERE a.article_id = text_sketches.article_id AND a.current_revision_id = text_sketches.revision_id);
DELETE FROM text_pairs
WHERE NOT EXISTS (SELECT 1 FROM text_sketches AS s WHERE s.article_id = text_pairs.article_id)
OR NOT EXISTS (SELECT 1 FROM text_sketches AS s WHERE s.article_id = text_pairs.other_id);
