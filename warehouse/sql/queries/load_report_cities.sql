INSERT INTO report_cities BY NAME SELECT * FROM incoming_report_cities ON CONFLICT DO NOTHING;
