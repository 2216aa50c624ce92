CREATE TABLE published.visit_history AS SELECT * FROM visit_history ORDER BY visit_id, noted_at, event, report_id;
