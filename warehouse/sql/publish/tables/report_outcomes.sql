CREATE TABLE published.report_outcomes AS
SELECT c.* FROM report_outcomes AS c SEMI JOIN current_reports USING (report_id) ORDER BY c.report_id, c.ordinal;
