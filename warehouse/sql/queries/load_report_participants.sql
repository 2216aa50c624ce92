INSERT INTO report_participants BY NAME SELECT * FROM incoming_report_participants ON CONFLICT DO NOTHING;
