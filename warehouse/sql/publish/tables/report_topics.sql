CREATE TABLE published.report_topics AS
SELECT c.* FROM report_topics AS c SEMI JOIN current_reports USING (report_id) ORDER BY c.report_id, c.ordinal;
