CREATE TABLE published.reports AS
SELECT * FROM current_reports WHERE qualifies ORDER BY article_id, ordinal;
