SELECT count(DISTINCT article_id), count(DISTINCT report_id) FROM condemned;
