-- Only what differs is written.
INSERT OR REPLACE INTO visit_reports BY NAME
SELECT * FROM incoming_visit_reports EXCEPT SELECT * FROM visit_reports;
