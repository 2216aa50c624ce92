CREATE VIEW visit_topics AS SELECT visit_id, visitor_country, host_country, start_on, unnest(topics) AS topic FROM visits;
COMMENT ON VIEW visit_topics IS 'One row for each topic of each visit.';
COMMENT ON COLUMN visit_topics.visit_id IS 'The visit.';
COMMENT ON COLUMN visit_topics.visitor_country IS 'State that the visitor represents, ISO 3166-1 alpha-3.';
COMMENT ON COLUMN visit_topics.host_country IS 'State that is visited, ISO 3166-1 alpha-3.';
COMMENT ON COLUMN visit_topics.start_on IS 'First day that the start of the visit can mean.';
COMMENT ON COLUMN visit_topics.topic IS 'Topic that any of its reports names.';

CREATE VIEW visit_tellings AS
SELECT
    l.visit_id, a.published_on, a.source, a.source_country, l.side, r.status, r.visitor_name, r.start_on_value,
    r.confidence, a.headline, a.url, l.report_id, l.article_id
FROM visit_reports AS l
JOIN reports AS r USING (report_id)
JOIN articles AS a ON a.article_id = l.article_id;
COMMENT ON VIEW visit_tellings IS 'The life of each visit: who told what of it, and when.';
COMMENT ON COLUMN visit_tellings.visit_id IS 'The visit.';
COMMENT ON COLUMN visit_tellings.published_on IS 'Day of publication.';
COMMENT ON COLUMN visit_tellings.source IS 'Source that tells it.';
COMMENT ON COLUMN visit_tellings.source_country IS 'Country of the source.';
COMMENT ON COLUMN visit_tellings.side IS 'Whose press: visitor, host or third.';
COMMENT ON COLUMN visit_tellings.status IS 'State of the visit as told by this report.';
COMMENT ON COLUMN visit_tellings.visitor_name IS 'Visitor as printed.';
COMMENT ON COLUMN visit_tellings.start_on_value IS 'Start as told by this report: ISO day, month or year.';
COMMENT ON COLUMN visit_tellings.confidence IS 'Confidence in the report, 0 to 1.';
COMMENT ON COLUMN visit_tellings.headline IS 'Headline of the article.';
COMMENT ON COLUMN visit_tellings.url IS 'Address of the article.';
COMMENT ON COLUMN visit_tellings.report_id IS 'The report.';
COMMENT ON COLUMN visit_tellings.article_id IS 'The article.';

CREATE VIEW dyads AS
SELECT
    visitor_country,
    host_country,
    count(*) AS visits,
    count(*) FILTER (status IN ('under_way', 'concluded')) AS made,
    count(*) FILTER (status IN ('postponed', 'cancelled')) AS not_made,
    sum(report_count) AS reports,
    min(coalesce(start_on, first_told_on)) AS first_on,
    max(coalesce(start_on, first_told_on)) AS last_on
FROM visits
WHERE visitor_country IS NOT NULL AND host_country IS NOT NULL
GROUP BY ALL;
COMMENT ON VIEW dyads IS 'Directed pairs of states with the visits told from one to the other.';
COMMENT ON COLUMN dyads.visitor_country IS 'State whose representatives travel.';
COMMENT ON COLUMN dyads.host_country IS 'State that is visited.';
COMMENT ON COLUMN dyads.visits IS 'Visits of every status.';
COMMENT ON COLUMN dyads.made IS 'Visits told as under way or concluded.';
COMMENT ON COLUMN dyads.not_made IS 'Visits told last as postponed or cancelled.';
COMMENT ON COLUMN dyads.reports IS 'Reports of these visits.';
COMMENT ON COLUMN dyads.first_on IS 'Day of the earliest, by its start or, where that is unknown, by its first telling.';
COMMENT ON COLUMN dyads.last_on IS 'Day of the latest, counted the same way.';
