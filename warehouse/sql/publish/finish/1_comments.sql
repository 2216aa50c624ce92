-- Meanings of what only the published file has; the rest is taken over from the catalogue.
COMMENT ON TABLE articles IS 'Articles in their current wording: facts, headline and address.';
COMMENT ON COLUMN articles.source_country IS 'Country of the source, ISO 3166-1 alpha-3.';
COMMENT ON COLUMN articles.body_length IS 'Characters of the body, which is not published.';
COMMENT ON COLUMN articles.revision_count IS 'Wordings of the article that were seen.';
COMMENT ON COLUMN articles.gone_at IS 'When the paper was found to have taken the article back (404 or 410); null while it stands.';
COMMENT ON COLUMN articles.shelf_file IS 'WARC file of the archive in which the page stands as it came.';
COMMENT ON COLUMN articles.shelf_offset IS 'First byte of its record in that file.';
COMMENT ON COLUMN articles.shelf_length IS 'Bytes of its record.';
COMMENT ON COLUMN articles.revision_id IS 'The wording described here.';
COMMENT ON TABLE article_history IS 'The life of each article: its wordings by their headlines, and when the paper took it back or printed it again.';
COMMENT ON COLUMN article_history.number IS 'Place in time, from 1.';
COMMENT ON COLUMN article_history.cause IS 'first, headline_changed, text_changed (the headline is the same, the body is not), read_again (only our reading differs), gone (the address answers 404 or 410) or back (it is there again).';
COMMENT ON COLUMN article_history.seen_at IS 'When it was first seen so.';
COMMENT ON COLUMN article_history.revision_id IS 'The wording; of gone and back the one that stood before.';
COMMENT ON COLUMN article_history.headline IS 'Headline of that wording, as printed.';
COMMENT ON COLUMN article_history.body_length IS 'Characters of its body, which is not published.';
COMMENT ON TABLE reports IS 'Reports: what the current wording of one article says of one visit.';
COMMENT ON COLUMN report_agreements.text IS 'The agreement as printed, at most 300 characters.';
COMMENT ON TABLE evidence IS 'The words on which values rest, as far as they may be shown: see about, evidence_rule.';
COMMENT ON COLUMN evidence.article_id IS 'Article in which the words stand.';
COMMENT ON COLUMN evidence.fields IS 'Fields that the span supports; visit for the sentence that shows the visit itself.';
COMMENT ON COLUMN evidence.text IS 'The words; null where the article''s share of characters was used up.';
COMMENT ON COLUMN evidence.is_cut IS 'True when the words end before span_end, at a word''s border.';
COMMENT ON COLUMN evidence.rules IS 'Rules that read them.';
COMMENT ON TABLE visit_status IS 'The life of each visit as the papers told it: one row as long as they say the same.';
COMMENT ON COLUMN visit_status.visit_id IS 'The visit.';
COMMENT ON COLUMN visit_status.number IS 'Place in time, from 1.';
COMMENT ON COLUMN visit_status.status IS 'announced, under_way, concluded, postponed or cancelled.';
COMMENT ON COLUMN visit_status.first_told_on IS 'Day of the first publication that says so; of the capture where none is printed.';
COMMENT ON COLUMN visit_status.last_told_on IS 'Day of the last one before the papers say something else.';
COMMENT ON COLUMN visit_status.start_on_value IS 'Start as told then, the most exact: ISO day, month or year; of postponed either the former day or the new one, as each paper prints it.';
COMMENT ON COLUMN visit_status.report_count IS 'Reports that say so.';
COMMENT ON COLUMN visit_status.paper_count IS 'Sources that say so.';
COMMENT ON COLUMN visit_status.sides IS 'Whose press says so: visitor, host, third.';
COMMENT ON COLUMN visit_status.report_ids IS 'The reports that say so, in order of printing.';
COMMENT ON TABLE visitors_resolved IS 'Who held the office, for visits of which only a title is printed: resolved from elsewhere, never into the printed fields. Of heads of state and of government and foreign ministers, and of those whom the operator lists.';
COMMENT ON COLUMN visitors_resolved.visit_id IS 'The visit.';
COMMENT ON COLUMN visitors_resolved.visitor_resolved IS 'Name of the holder, in the fuller form.';
COMMENT ON COLUMN visitors_resolved.basis IS 'holders (the operator''s list of office-holders), between (articles before and after the day name the same person), before or after (the nearest article on one side only names one, within a year).';
COMMENT ON COLUMN visitors_resolved.confidence IS '0.97 holders, 0.95 between, 0.8 before or after within 90 days, 0.6 within a year: set by rule, not measured.';
COMMENT ON COLUMN visitors_resolved.article_ids IS 'The articles that name the holder.';
COMMENT ON COLUMN visitors_resolved.holder_ids IS 'Ids that the operator''s list gives.';

CREATE TABLE about (
    key     VARCHAR,
    value   VARCHAR,
    meaning VARCHAR
);
COMMENT ON TABLE about IS 'This file: what it holds, when and from what it was made.';
COMMENT ON COLUMN about.key IS 'What is told.';
COMMENT ON COLUMN about.value IS 'Its value, as text.';
COMMENT ON COLUMN about.meaning IS 'What it means.';
