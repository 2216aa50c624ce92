SELECT (SELECT count(*) FROM captures), (SELECT count(*) FROM current_reports);
