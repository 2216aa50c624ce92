-- Only what differs is written.
INSERT OR REPLACE INTO visits BY NAME
SELECT * FROM incoming_visits EXCEPT SELECT v.* FROM visits AS v SEMI JOIN incoming_visits USING (visit_id);
