-- Reports that don't tell the visitor's state, of dyads that changed or of which a neighbour changed, are placed anew; where they stood and stand is resolved anew.
INSERT INTO unresolved_dyads
SELECT DISTINCT '???', d.host_country, false
FROM unresolved_dyads AS d SEMI JOIN (SELECT host_country FROM current_reports WHERE visitor_country IS NULL) AS r ON r.host_country = d.host_country
ON CONFLICT DO NOTHING;

CREATE OR REPLACE TEMP TABLE lost_reports AS
SELECT
    r.report_id, r.article_id, r.host_country, lower(r.visitor_name) AS name, r.start_on,
    c.report_id IS NOT NULL AND r.qualifies AND r.salience <> 'incidental' AND contains(trim(r.visitor_name), ' ') AND r.start_on_precision = 'day' AS is_placeable
FROM reports AS r
JOIN unresolved_dyads AS d ON d.visitor_country = '???' AND d.host_country = r.host_country
LEFT JOIN current_reports AS c USING (report_id)
WHERE r.visitor_country IS NULL;

CREATE OR REPLACE TEMP TABLE found_places AS
SELECT l.report_id, any_value(k.visitor_country) AS visitor_country, l.host_country
FROM lost_reports AS l
JOIN current_reports AS k
    ON k.host_country = l.host_country AND lower(k.visitor_name) = l.name AND k.start_on BETWEEN l.start_on - 2 AND l.start_on + 2
WHERE l.is_placeable AND k.visitor_country IS NOT NULL AND k.qualifies AND k.salience <> 'incidental' AND k.start_on_precision = 'day'
AND k.article_id <> l.article_id
GROUP BY l.report_id, l.host_country
HAVING count(DISTINCT k.visitor_country) = 1;

INSERT INTO unresolved_dyads
SELECT DISTINCT visitor_country, host_country, false FROM placed_reports SEMI JOIN lost_reports USING (report_id)
UNION
SELECT DISTINCT visitor_country, host_country, false FROM found_places
ON CONFLICT DO NOTHING;

DELETE FROM placed_reports WHERE report_id IN (SELECT report_id FROM lost_reports) AND report_id NOT IN (SELECT report_id FROM found_places);
INSERT OR REPLACE INTO placed_reports BY NAME SELECT * FROM found_places;
