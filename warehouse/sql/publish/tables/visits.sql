CREATE TABLE published.visits AS
SELECT * FROM visits ORDER BY start_on NULLS LAST, first_told_on NULLS LAST, visit_id;
