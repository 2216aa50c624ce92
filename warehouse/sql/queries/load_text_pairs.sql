INSERT INTO text_pairs SELECT * FROM incoming_text_pairs ON CONFLICT (article_id, other_id) DO UPDATE SET similarity = excluded.similarity;
