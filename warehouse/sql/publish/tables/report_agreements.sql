CREATE TABLE published.report_agreements AS
SELECT g.report_id, g.ordinal, left(g.text, 300) AS text, g.status
FROM report_agreements AS g SEMI JOIN current_reports USING (report_id)
ORDER BY g.report_id, g.ordinal;
