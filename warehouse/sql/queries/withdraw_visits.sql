DELETE FROM visits WHERE visit_id IN (SELECT id FROM gone);
DELETE FROM visit_conflicts WHERE visit_id IN (SELECT id FROM gone);
