SELECT w.article_id, v.body FROM wanted_texts AS w JOIN articles AS a ON a.article_id = w.article_id JOIN article_revisions AS v ON v.revision_id = a.current_revision_id;
