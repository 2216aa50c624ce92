-- What became of each article: its wordings by their headlines, and when the paper took it back.
CREATE TABLE published.article_history AS
SELECT h.article_id, h.number, h.cause, h.first_captured_at AS seen_at, h.revision_id, v.headline, length(v.body) AS body_length
FROM revision_history AS h
JOIN article_revisions AS v USING (revision_id)
ORDER BY h.article_id, h.number;
