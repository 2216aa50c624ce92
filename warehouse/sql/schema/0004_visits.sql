-- The event that many reports tell: derived from reports, made anew for a dyad whenever one of its reports changes.

CREATE TABLE visits (
    visit_id                 VARCHAR PRIMARY KEY,
    visitor_country          VARCHAR,
    host_country             VARCHAR,
    visitor_name             VARCHAR,
    visitor_office           VARCHAR,
    visitor_title_text       VARCHAR,
    host_name                VARCHAR,
    host_office              VARCHAR,
    kind                     VARCHAR NOT NULL,
    occasion                 VARCHAR NOT NULL,
    status                   VARCHAR NOT NULL,
    start_on                 DATE,
    start_on_value           VARCHAR,
    start_on_precision       VARCHAR NOT NULL,
    start_on_basis           VARCHAR NOT NULL,
    end_on                   DATE,
    end_on_value             VARCHAR,
    end_on_precision         VARCHAR NOT NULL,
    end_on_basis             VARCHAR NOT NULL,
    cities                   VARCHAR[],
    topics                   VARCHAR[],
    outcomes                 VARCHAR[],
    delegation               VARCHAR[],
    committee_name           VARCHAR,
    committee_session_number VARCHAR,
    message_from             VARCHAR,
    report_count             INTEGER NOT NULL,
    paper_count              INTEGER NOT NULL,
    sides                    VARCHAR[],
    first_told_on            DATE,
    last_told_on             DATE,
    first_report_id          VARCHAR NOT NULL,
    confidence               DOUBLE NOT NULL,
    is_sample                BOOLEAN NOT NULL DEFAULT false
);
COMMENT ON TABLE visits IS 'Visits: one row for each visit, merged from the reports of the same dyad and visitor within days.';
COMMENT ON COLUMN visits.visit_id IS 'Made from the report that was printed first; stays when reports are added.';
COMMENT ON COLUMN visits.visitor_country IS 'State that the visitor represents, ISO 3166-1 alpha-3; null when no text tells.';
COMMENT ON COLUMN visits.host_country IS 'State that is visited, ISO 3166-1 alpha-3; null when no text tells.';
COMMENT ON COLUMN visits.visitor_name IS 'Name by the majority of reports, each weighted with its confidence.';
COMMENT ON COLUMN visits.visitor_office IS 'Office by weighted majority, in the words of reports.visitor_office.';
COMMENT ON COLUMN visits.visitor_title_text IS 'Title by weighted majority, as printed.';
COMMENT ON COLUMN visits.host_name IS 'Host by weighted majority.';
COMMENT ON COLUMN visits.host_office IS 'Office of the host by weighted majority.';
COMMENT ON COLUMN visits.kind IS 'Kind by weighted majority; unspecified only where no report says more.';
COMMENT ON COLUMN visits.occasion IS 'Occasion by weighted majority.';
COMMENT ON COLUMN visits.status IS 'announced, under_way, concluded, postponed or cancelled: as the latest report tells it.';
COMMENT ON COLUMN visits.start_on IS 'First day that start_on_value can mean.';
COMMENT ON COLUMN visits.start_on_value IS 'Start by weighted majority among the most exact: an ISO day, month or year.';
COMMENT ON COLUMN visits.start_on_precision IS 'How exact the start is: day, month, year or unknown.';
COMMENT ON COLUMN visits.start_on_basis IS 'How the start is known: stated, relative, inferred or none.';
COMMENT ON COLUMN visits.end_on IS 'Last day that end_on_value can mean.';
COMMENT ON COLUMN visits.end_on_value IS 'End by weighted majority among the most exact: an ISO day, month or year.';
COMMENT ON COLUMN visits.end_on_precision IS 'How exact the end is: day, month, year or unknown.';
COMMENT ON COLUMN visits.end_on_basis IS 'How the end is known: stated, relative, inferred or none.';
COMMENT ON COLUMN visits.cities IS 'Places that any report names, as printed, most told first.';
COMMENT ON COLUMN visits.topics IS 'Topics that any report names, most told first.';
COMMENT ON COLUMN visits.outcomes IS 'Outcomes that any report names, most told first.';
COMMENT ON COLUMN visits.delegation IS 'Other travelling officials whom any report names, as printed, most told first.';
COMMENT ON COLUMN visits.committee_name IS 'Joint commission by weighted majority, as printed.';
COMMENT ON COLUMN visits.committee_session_number IS 'Session by weighted majority, as printed.';
COMMENT ON COLUMN visits.message_from IS 'Sender of the message by weighted majority.';
COMMENT ON COLUMN visits.report_count IS 'Reports that tell it.';
COMMENT ON COLUMN visits.paper_count IS 'Sources that tell it.';
COMMENT ON COLUMN visits.sides IS 'Whose press tells it: visitor, host, third; from the countries of the sources.';
COMMENT ON COLUMN visits.first_told_on IS 'Earliest publication among its reports.';
COMMENT ON COLUMN visits.last_told_on IS 'Latest publication among its reports.';
COMMENT ON COLUMN visits.first_report_id IS 'Its report that was printed first.';
COMMENT ON COLUMN visits.confidence IS 'Highest confidence among its reports.';
COMMENT ON COLUMN visits.is_sample IS 'True for the invented pages of the sample newsroom.';

CREATE TABLE visit_reports (
    report_id  VARCHAR PRIMARY KEY,
    visit_id   VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    ordinal    INTEGER NOT NULL,
    side       VARCHAR CHECK (side IN ('visitor', 'host', 'third'))
);
COMMENT ON TABLE visit_reports IS 'Which report tells which visit: each report at most one.';
COMMENT ON COLUMN visit_reports.report_id IS 'The report.';
COMMENT ON COLUMN visit_reports.visit_id IS 'The visit.';
COMMENT ON COLUMN visit_reports.article_id IS 'Article of the report; with ordinal it names the report across wordings.';
COMMENT ON COLUMN visit_reports.ordinal IS 'Ordinal of the report in its article.';
COMMENT ON COLUMN visit_reports.side IS 'Whose press: visitor, host or third; null when a country is unknown.';

CREATE TABLE unresolved_dyads (
    visitor_country VARCHAR,
    host_country    VARCHAR,
    PRIMARY KEY (visitor_country, host_country)
);
COMMENT ON TABLE unresolved_dyads IS 'Dyads with new, changed or withdrawn reports since visits were last resolved.';
COMMENT ON COLUMN unresolved_dyads.visitor_country IS 'Visitor''s country, ??? when unknown.';
COMMENT ON COLUMN unresolved_dyads.host_country IS 'Host''s country, ??? when unknown.';
