SELECT language, is_visit, count(*) FROM articles WHERE NOT is_truncated GROUP BY ALL;
