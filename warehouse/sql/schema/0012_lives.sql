-- The life of visits: why a report is of its visit, what became of each visit, where former ids lead, what reports deny each other.

ALTER TABLE visit_reports ADD COLUMN basis VARCHAR;
COMMENT ON COLUMN visit_reports.basis IS 'Why it is of this visit: leads (it was there first, by exactness), name (the words of one stand in the other), spelling, script (Arabic and Latin), session (same number of a joint commission), message (an envoy with one), office, or postponed (it tells a day from which the visit was put off).';

ALTER TABLE unresolved_dyads ADD COLUMN is_forced BOOLEAN DEFAULT false;
COMMENT ON COLUMN unresolved_dyads.is_forced IS 'True: every visit is made anew, even with the same reports (a source moved, a page was erased, the rules changed).';

CREATE TABLE visit_history (
    visit_id  VARCHAR NOT NULL,
    noted_at  TIMESTAMPTZ NOT NULL,
    event     VARCHAR NOT NULL CHECK (event IN ('created', 'joined', 'merged', 'split', 'changed', 'withdrawn')),
    reason    VARCHAR NOT NULL,
    report_id VARCHAR,
    other_id  VARCHAR
);
COMMENT ON TABLE visit_history IS 'What became of each visit in this archive, in order of time; names and words of texts are not repeated here.';
COMMENT ON COLUMN visit_history.visit_id IS 'The visit.';
COMMENT ON COLUMN visit_history.noted_at IS 'When the archive noted it.';
COMMENT ON COLUMN visit_history.event IS 'created, joined (a report, or reports of another visit, came to it), merged (another visit was found to be this one), split (it came out of another), changed (its values) or withdrawn (no report tells it any more).';
COMMENT ON COLUMN visit_history.reason IS 'Why; of a change the fields, and the status before and after.';
COMMENT ON COLUMN visit_history.report_id IS 'The report with which it was created or that joined it.';
COMMENT ON COLUMN visit_history.other_id IS 'The other visit: merged into it, or from which it was split.';

CREATE TABLE visit_redirects (
    old_id   VARCHAR PRIMARY KEY,
    visit_id VARCHAR NOT NULL,
    noted_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE visit_redirects IS 'Where former ids of visits lead: an id that was ever published leads to its visit as long as one report of it is held.';
COMMENT ON COLUMN visit_redirects.old_id IS 'The id that is no more.';
COMMENT ON COLUMN visit_redirects.visit_id IS 'The visit that has its reports now.';
COMMENT ON COLUMN visit_redirects.noted_at IS 'Since when.';

CREATE TABLE visit_conflicts (
    visit_id     VARCHAR NOT NULL,
    field        VARCHAR NOT NULL,
    value        VARCHAR NOT NULL,
    weight       DOUBLE NOT NULL,
    report_count INTEGER NOT NULL,
    paper_count  INTEGER NOT NULL,
    report_ids   VARCHAR[],
    is_chosen    BOOLEAN NOT NULL
);
COMMENT ON TABLE visit_conflicts IS 'What reports of one visit say that can''t be true together, value by value; another spelling of a name and a month that holds the day are none.';
COMMENT ON COLUMN visit_conflicts.visit_id IS 'The visit.';
COMMENT ON COLUMN visit_conflicts.field IS 'The field of visits.';
COMMENT ON COLUMN visit_conflicts.value IS 'One of the values told.';
COMMENT ON COLUMN visit_conflicts.weight IS 'Sum over its reports: confidence, times 1.25 for the press that knows the field best (the visitor''s own for the visitor, the host''s for host and cities), times 0.75 for that of a third state.';
COMMENT ON COLUMN visit_conflicts.report_count IS 'Reports that say so.';
COMMENT ON COLUMN visit_conflicts.paper_count IS 'Sources that say so.';
COMMENT ON COLUMN visit_conflicts.report_ids IS 'These reports.';
COMMENT ON COLUMN visit_conflicts.is_chosen IS 'True for the value that stands in visits.';

COMMENT ON TABLE visits IS 'Visits: one row for each visit, merged from the reports of the same dyad and visitor: within days, or from a day that was put off to the day that it was held.';
COMMENT ON COLUMN visits.visit_id IS 'Made from the report that was printed first; stays when reports are added. An id that is no more leads on: visit_redirects.';
COMMENT ON COLUMN visits.visitor_name IS 'Name by the majority of reports, each weighted as visit_conflicts.weight says.';
COMMENT ON COLUMN visits.start_on_value IS 'Start by weighted majority among the most exact: an ISO day, month or year; of a visit that was put off, as told since then.';
COMMENT ON COLUMN visits.end_on_value IS 'End by weighted majority among the most exact: an ISO day, month or year; of a visit that was put off, as told since then.';

-- the rules are others now
INSERT INTO unresolved_dyads
SELECT DISTINCT coalesce(visitor_country, '???'), coalesce(host_country, '???'), true FROM reports
ON CONFLICT DO UPDATE SET is_forced = true;
