DELETE FROM visit_reports WHERE report_id IN (SELECT id FROM gone);
