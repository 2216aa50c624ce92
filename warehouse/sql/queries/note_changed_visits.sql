-- Which fields are others; of the status what it was and is. No words of texts.
INSERT INTO visit_history BY NAME
WITH compared AS (
    SELECT
        i.visit_id,
        [field FOR field IN [
            CASE WHEN i.status <> v.status THEN 'status: ' || v.status || ' → ' || i.status END,
            CASE WHEN i.start_on_value IS DISTINCT FROM v.start_on_value THEN 'start_on' END,
            CASE WHEN i.end_on_value IS DISTINCT FROM v.end_on_value THEN 'end_on' END,
            CASE WHEN i.visitor_name IS DISTINCT FROM v.visitor_name THEN 'visitor_name' END,
            CASE WHEN i.visitor_office IS DISTINCT FROM v.visitor_office THEN 'visitor_office' END,
            CASE WHEN i.host_name IS DISTINCT FROM v.host_name THEN 'host_name' END,
            CASE WHEN i.host_office IS DISTINCT FROM v.host_office THEN 'host_office' END,
            CASE WHEN i.kind <> v.kind THEN 'kind' END,
            CASE WHEN i.occasion <> v.occasion THEN 'occasion' END,
            CASE WHEN i.cities IS DISTINCT FROM v.cities THEN 'cities' END,
            CASE WHEN i.topics IS DISTINCT FROM v.topics THEN 'topics' END,
            CASE WHEN i.outcomes IS DISTINCT FROM v.outcomes THEN 'outcomes' END,
            CASE WHEN i.delegation IS DISTINCT FROM v.delegation THEN 'delegation' END,
            CASE WHEN i.committee_name IS DISTINCT FROM v.committee_name OR i.committee_session_number IS DISTINCT FROM v.committee_session_number THEN 'committee' END,
            CASE WHEN i.message_from IS DISTINCT FROM v.message_from THEN 'message_from' END
        ] IF field IS NOT NULL] AS fields
    FROM incoming_visits AS i
    JOIN visits AS v USING (visit_id)
)
SELECT visit_id, now() AS noted_at, 'changed' AS event, array_to_string(fields, ', ') AS reason FROM compared WHERE len(fields) > 0;
