DELETE FROM visit_redirects WHERE old_id IN (SELECT id FROM standing);
