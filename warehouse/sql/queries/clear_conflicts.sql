DELETE FROM visit_conflicts WHERE visit_id IN (SELECT visit_id FROM incoming_visits);
