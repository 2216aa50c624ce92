-- Reports that do not tell the visitor's state, placed by another article that does.

CREATE TABLE placed_reports (
    report_id       VARCHAR PRIMARY KEY,
    visitor_country VARCHAR NOT NULL,
    host_country    VARCHAR NOT NULL
);
COMMENT ON TABLE placed_reports IS 'Reports whose text does not tell the visitor''s state, with it: another article names the same visitor in full, at the same host within two days, of one state only. Their visits have it; the reports stay as printed.';
COMMENT ON COLUMN placed_reports.report_id IS 'The report.';
COMMENT ON COLUMN placed_reports.visitor_country IS 'State that the visitor represents.';
COMMENT ON COLUMN placed_reports.host_country IS 'State that is visited.';

INSERT INTO unresolved_dyads
SELECT DISTINCT coalesce(visitor_country, '???'), coalesce(host_country, '???'), true FROM reports
ON CONFLICT DO UPDATE SET is_forced = true;
