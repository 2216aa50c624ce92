-- The session of a joint commission as a number, so that sessions can be put in sequence.

ALTER TABLE visits ADD COLUMN committee_session INTEGER;
COMMENT ON COLUMN visits.committee_session IS 'The number in committee_session_number, in whatever language it is printed; null where none is.';

INSERT INTO unresolved_dyads
SELECT DISTINCT coalesce(visitor_country, '???'), coalesce(host_country, '???'), true FROM reports
ON CONFLICT DO UPDATE SET is_forced = true;
