SELECT revision_id FROM incoming_article_revisions SEMI JOIN article_revisions USING (revision_id);
