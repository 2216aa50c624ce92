CREATE TABLE published.same_texts AS SELECT * FROM same_texts ORDER BY group_id, NOT is_likely_original, article_id;
