CREATE TABLE published.visit_conflicts AS SELECT * FROM visit_conflicts ORDER BY visit_id, field, weight DESC, value;
