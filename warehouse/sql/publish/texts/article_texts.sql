CREATE TABLE published.article_texts AS
SELECT a.article_id, v.byline, v.dateline_text, v.lede, v.body, v.captions, v.repairs
FROM articles AS a JOIN article_revisions AS v ON v.revision_id = a.current_revision_id
ORDER BY a.article_id;
COMMENT ON TABLE published.article_texts IS 'Texts of the articles, since the operator has chosen to publish them (publish.full_text).';
