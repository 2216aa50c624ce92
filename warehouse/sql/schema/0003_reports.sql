-- What one article says of one visit, and the sentences that say so.

CREATE TABLE reports (
    report_id                    VARCHAR PRIMARY KEY,
    revision_id                  VARCHAR NOT NULL,
    article_id                   VARCHAR NOT NULL,
    ordinal                      INTEGER NOT NULL,
    is_sample                    BOOLEAN NOT NULL DEFAULT false,
    visitor_country              VARCHAR CHECK (length(visitor_country) = 3),
    host_country                 VARCHAR CHECK (length(host_country) = 3),
    visitor_name                 VARCHAR,
    visitor_office               VARCHAR CHECK (visitor_office IN ('head_of_state', 'head_of_government', 'foreign_minister', 'minister', 'deputy_minister', 'special_envoy', 'speaker_of_parliament', 'royal', 'military', 'delegation', 'other')),
    visitor_title_text           VARCHAR,
    host_name                    VARCHAR,
    host_office                  VARCHAR CHECK (host_office IN ('head_of_state', 'head_of_government', 'foreign_minister', 'minister', 'deputy_minister', 'special_envoy', 'speaker_of_parliament', 'royal', 'military', 'delegation', 'other')),
    kind                         VARCHAR NOT NULL CHECK (kind IN ('state', 'official', 'working', 'friendship', 'private', 'transit', 'tour_stop', 'joint_committee', 'summit', 'unspecified')),
    occasion                     VARCHAR NOT NULL CHECK (occasion IN ('bilateral', 'multilateral_event', 'ceremony', 'exhibition')),
    status                       VARCHAR NOT NULL CHECK (status IN ('announced', 'under_way', 'concluded', 'postponed', 'cancelled')),
    salience                     VARCHAR NOT NULL CHECK (salience IN ('main', 'secondary', 'incidental')),
    qualifies                    BOOLEAN NOT NULL,
    start_on                     DATE,
    start_on_value               VARCHAR,
    start_on_precision           VARCHAR NOT NULL CHECK (start_on_precision IN ('day', 'month', 'year', 'unknown')),
    start_on_basis               VARCHAR NOT NULL CHECK (start_on_basis IN ('stated', 'relative', 'inferred', 'none')),
    start_on_text                VARCHAR,
    end_on                       DATE,
    end_on_value                 VARCHAR,
    end_on_precision             VARCHAR NOT NULL CHECK (end_on_precision IN ('day', 'month', 'year', 'unknown')),
    end_on_basis                 VARCHAR NOT NULL CHECK (end_on_basis IN ('stated', 'relative', 'inferred', 'none')),
    end_on_text                  VARCHAR,
    committee_name               VARCHAR,
    committee_session_number     VARCHAR,
    committee_previous_place     VARCHAR,
    committee_previous_date_text VARCHAR,
    message_from                 VARCHAR,
    confidence                   DOUBLE NOT NULL CHECK (confidence BETWEEN 0 AND 1)
);
COMMENT ON TABLE reports IS 'Reports: what one wording of one article says of one visit; never altered by the merge into visits.';
COMMENT ON COLUMN reports.report_id IS 'Made from article, wording and ordinal.';
COMMENT ON COLUMN reports.revision_id IS 'Wording of the article that says so.';
COMMENT ON COLUMN reports.article_id IS 'The article.';
COMMENT ON COLUMN reports.ordinal IS 'Place among the article''s reports, from 1.';
COMMENT ON COLUMN reports.is_sample IS 'True for the invented pages of the sample newsroom.';
COMMENT ON COLUMN reports.visitor_country IS 'State that the visitor represents, ISO 3166-1 alpha-3; null when the text does not tell.';
COMMENT ON COLUMN reports.host_country IS 'State that is visited, ISO 3166-1 alpha-3; null when the text does not tell.';
COMMENT ON COLUMN reports.visitor_name IS 'Fullest form printed; null when only a title is printed.';
COMMENT ON COLUMN reports.visitor_office IS 'head_of_state, head_of_government, foreign_minister, minister, deputy_minister, special_envoy, speaker_of_parliament, royal, military, delegation or other.';
COMMENT ON COLUMN reports.visitor_title_text IS 'Longest title printed beside the visitor.';
COMMENT ON COLUMN reports.host_name IS 'Counterpart whom the text puts first, fullest form printed.';
COMMENT ON COLUMN reports.host_office IS 'Office of the host, in the words of visitor_office.';
COMMENT ON COLUMN reports.kind IS 'state, official, working, friendship, private, transit, tour_stop, joint_committee, summit or unspecified; a printed label wins.';
COMMENT ON COLUMN reports.occasion IS 'bilateral, multilateral_event, ceremony or exhibition.';
COMMENT ON COLUMN reports.status IS 'announced, under_way, concluded, postponed or cancelled, relative to the day of publication.';
COMMENT ON COLUMN reports.salience IS 'main, secondary or incidental: how much the article is about this visit.';
COMMENT ON COLUMN reports.qualifies IS 'True when it is a visit by the codebook.';
COMMENT ON COLUMN reports.start_on IS 'First day that start_on_value can mean; null when unknown.';
COMMENT ON COLUMN reports.start_on_value IS 'Earliest day of the visit as coded: an ISO day, month or year.';
COMMENT ON COLUMN reports.start_on_precision IS 'How exact the start is: day, month, year or unknown.';
COMMENT ON COLUMN reports.start_on_basis IS 'How the start is known: stated, relative, inferred or none.';
COMMENT ON COLUMN reports.start_on_text IS 'Words of the start as printed.';
COMMENT ON COLUMN reports.end_on IS 'Last day that end_on_value can mean; null when unknown.';
COMMENT ON COLUMN reports.end_on_value IS 'Last day of the visit as coded: an ISO day, month or year.';
COMMENT ON COLUMN reports.end_on_precision IS 'How exact the end is: day, month, year or unknown.';
COMMENT ON COLUMN reports.end_on_basis IS 'How the end is known: stated, relative, inferred or none.';
COMMENT ON COLUMN reports.end_on_text IS 'Words of the end as printed.';
COMMENT ON COLUMN reports.committee_name IS 'Joint commission whose session the visit is for, as printed.';
COMMENT ON COLUMN reports.committee_session_number IS 'Number of the session as printed.';
COMMENT ON COLUMN reports.committee_previous_place IS 'Place of the session before, as printed.';
COMMENT ON COLUMN reports.committee_previous_date_text IS 'Date of the session before, as printed; never the visit''s date.';
COMMENT ON COLUMN reports.message_from IS 'Whose letter or message is delivered.';
COMMENT ON COLUMN reports.confidence IS '0 to 1, calibrated: of the reports given 0.9, nine in ten are right.';

CREATE TABLE report_participants (
    revision_id    VARCHAR,
    report_ordinal INTEGER,
    role           VARCHAR CHECK (role IN ('visitor', 'host', 'delegation', 'other_person')),
    ordinal        INTEGER,
    report_id      VARCHAR,
    name           VARCHAR,
    country        VARCHAR CHECK (length(country) = 3),
    office         VARCHAR CHECK (office IN ('head_of_state', 'head_of_government', 'foreign_minister', 'minister', 'deputy_minister', 'special_envoy', 'speaker_of_parliament', 'royal', 'military', 'delegation', 'other')),
    title_text     VARCHAR,
    PRIMARY KEY (revision_id, report_ordinal, role, ordinal)
);
COMMENT ON TABLE report_participants IS 'People in the reports of an article: visitors, hosts, members of delegations, and holders of office who are named and do not travel.';
COMMENT ON COLUMN report_participants.revision_id IS 'Wording of the article.';
COMMENT ON COLUMN report_participants.report_ordinal IS 'Ordinal of the report; 0 for other people, who belong to the article as a whole.';
COMMENT ON COLUMN report_participants.role IS 'visitor, host, delegation or other_person.';
COMMENT ON COLUMN report_participants.ordinal IS 'Place among those of the same role, from 1.';
COMMENT ON COLUMN report_participants.report_id IS 'The report; null for other people.';
COMMENT ON COLUMN report_participants.name IS 'As printed; null when only a title is printed.';
COMMENT ON COLUMN report_participants.country IS 'State whose office the person holds, ISO 3166-1 alpha-3.';
COMMENT ON COLUMN report_participants.office IS 'Office, in the words of reports.visitor_office.';
COMMENT ON COLUMN report_participants.title_text IS 'Title as printed (visitors only).';

CREATE TABLE report_topics (
    report_id VARCHAR,
    ordinal   INTEGER NOT NULL,
    topic     VARCHAR CHECK (topic IN ('security', 'terrorism', 'organised_crime', 'migration', 'defence', 'trade', 'investment', 'energy', 'infrastructure', 'transport', 'agriculture', 'water', 'fisheries', 'education', 'higher_education', 'training', 'justice', 'health', 'culture', 'tourism', 'sport', 'environment', 'digital', 'finance', 'regional_crisis', 'peace_process', 'consular', 'media', 'other')),
    PRIMARY KEY (report_id, topic)
);
COMMENT ON TABLE report_topics IS 'Topics that were discussed or signed on the visit, by report.';
COMMENT ON COLUMN report_topics.report_id IS 'The report.';
COMMENT ON COLUMN report_topics.ordinal IS 'Place in the report, from 1.';
COMMENT ON COLUMN report_topics.topic IS 'Topic by the codebook; other = relations in general.';

CREATE TABLE report_cities (
    report_id VARCHAR,
    ordinal   INTEGER,
    city      VARCHAR NOT NULL,
    PRIMARY KEY (report_id, ordinal)
);
COMMENT ON TABLE report_cities IS 'Places of the visit in the host country, by report.';
COMMENT ON COLUMN report_cities.report_id IS 'The report.';
COMMENT ON COLUMN report_cities.ordinal IS 'Place in the report, from 1.';
COMMENT ON COLUMN report_cities.city IS 'As printed.';

CREATE TABLE report_agreements (
    report_id VARCHAR,
    ordinal   INTEGER,
    text      VARCHAR NOT NULL,
    status    VARCHAR NOT NULL CHECK (status IN ('signed', 'planned', 'referenced')),
    PRIMARY KEY (report_id, ordinal)
);
COMMENT ON TABLE report_agreements IS 'Agreements that a report names.';
COMMENT ON COLUMN report_agreements.report_id IS 'The report.';
COMMENT ON COLUMN report_agreements.ordinal IS 'Place in the report, from 1.';
COMMENT ON COLUMN report_agreements.text IS 'The agreement as printed.';
COMMENT ON COLUMN report_agreements.status IS 'signed on this visit, planned, or only referenced.';

CREATE TABLE report_outcomes (
    report_id VARCHAR,
    ordinal   INTEGER NOT NULL,
    outcome   VARCHAR CHECK (outcome IN ('agreement_signed', 'mou_signed', 'joint_communique', 'invitation_extended', 'message_delivered', 'committee_created')),
    PRIMARY KEY (report_id, outcome)
);
COMMENT ON TABLE report_outcomes IS 'What came of the visit by the text''s own words, by report.';
COMMENT ON COLUMN report_outcomes.report_id IS 'The report.';
COMMENT ON COLUMN report_outcomes.ordinal IS 'Place in the report, from 1.';
COMMENT ON COLUMN report_outcomes.outcome IS 'agreement_signed, mou_signed, joint_communique, invitation_extended, message_delivered or committee_created.';

CREATE TABLE evidence (
    report_id  VARCHAR,
    ordinal    INTEGER,
    field      VARCHAR NOT NULL,
    place      VARCHAR NOT NULL CHECK (place IN ('body', 'headline')),
    span_start INTEGER NOT NULL,
    span_end   INTEGER NOT NULL,
    text       VARCHAR NOT NULL,
    rule       VARCHAR,
    PRIMARY KEY (report_id, ordinal)
);
COMMENT ON TABLE evidence IS 'The words of the article on which a value rests, verbatim.';
COMMENT ON COLUMN evidence.report_id IS 'The report.';
COMMENT ON COLUMN evidence.ordinal IS 'Place in the report, from 1.';
COMMENT ON COLUMN evidence.field IS 'Field that the span supports; visit for the sentence that shows the visit itself.';
COMMENT ON COLUMN evidence.place IS 'body or headline.';
COMMENT ON COLUMN evidence.span_start IS 'First character, from 0.';
COMMENT ON COLUMN evidence.span_end IS 'Character behind the last.';
COMMENT ON COLUMN evidence.text IS 'The words.';
COMMENT ON COLUMN evidence.rule IS 'Rule that read it.';
