SELECT article_id, other_id, similarity FROM text_pairs;
