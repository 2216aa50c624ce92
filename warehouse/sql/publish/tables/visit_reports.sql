CREATE TABLE published.visit_reports AS SELECT * FROM visit_reports ORDER BY visit_id, article_id, ordinal;
