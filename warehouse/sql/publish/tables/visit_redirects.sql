CREATE TABLE published.visit_redirects AS SELECT * FROM visit_redirects ORDER BY old_id;
