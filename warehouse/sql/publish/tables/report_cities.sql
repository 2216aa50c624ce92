CREATE TABLE published.report_cities AS
SELECT c.* FROM report_cities AS c SEMI JOIN current_reports USING (report_id) ORDER BY c.report_id, c.ordinal;
