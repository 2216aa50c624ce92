CREATE TABLE published.state_codes AS
SELECT iso3, list, code, CAST(valid_from AS DATE) AS valid_from, CAST(valid_to AS DATE) AS valid_to
FROM incoming_state_codes ORDER BY iso3, list, valid_from NULLS FIRST;
