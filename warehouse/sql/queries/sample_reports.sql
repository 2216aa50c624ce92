SELECT
    article_id, visitor_country, host_country, visitor_name, visitor_office, host_name, kind, status, start_on_value AS start_on, end_on_value AS end_on
FROM reports
WHERE qualifies AND salience <> 'incidental' AND article_id IN (SELECT article_id FROM asked)
ORDER BY article_id, ordinal;
