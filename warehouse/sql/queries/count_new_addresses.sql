-- New addresses of articles that were known; asked before either is kept.
SELECT count(*)
FROM incoming_article_addresses ANTI JOIN article_addresses USING (url) SEMI JOIN articles USING (article_id);
