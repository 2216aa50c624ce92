INSERT INTO report_topics BY NAME SELECT * FROM incoming_report_topics ON CONFLICT DO NOTHING;
