-- Ids that led to one that is no more lead on with it.
UPDATE visit_redirects SET visit_id = i.visit_id, noted_at = now()
FROM incoming_visit_redirects AS i WHERE visit_redirects.visit_id = i.old_id;
INSERT OR REPLACE INTO visit_redirects BY NAME SELECT * REPLACE (now() AS noted_at) FROM incoming_visit_redirects;
