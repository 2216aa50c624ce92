SELECT * FROM silences ORDER BY since_on, source, kind, field;
