INSERT INTO report_agreements BY NAME SELECT * FROM incoming_report_agreements ON CONFLICT DO NOTHING;
