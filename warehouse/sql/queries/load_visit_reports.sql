-- Only what differs is written.
INSERT OR REPLACE INTO visit_reports BY NAME
SELECT * FROM incoming_visit_reports EXCEPT SELECT r.* FROM visit_reports AS r SEMI JOIN incoming_visit_reports USING (report_id);
