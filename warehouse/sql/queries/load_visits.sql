-- Only what differs is written.
INSERT OR REPLACE INTO visits BY NAME
SELECT * FROM incoming_visits EXCEPT SELECT * FROM visits;
