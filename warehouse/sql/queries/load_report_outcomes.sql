INSERT INTO report_outcomes BY NAME SELECT * FROM incoming_report_outcomes ON CONFLICT DO NOTHING;
