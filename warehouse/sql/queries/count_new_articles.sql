SELECT count(*) FROM incoming_articles ANTI JOIN articles USING (article_id);
