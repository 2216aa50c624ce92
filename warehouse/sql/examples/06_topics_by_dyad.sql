-- What do two states talk about?
--
-- Visits by directed pair of states and topic. A visit counts once for each topic that any of its reports names; topics are the least reliable field.
SELECT visitor_country, host_country, topic, count(*) AS visits
FROM visit_topics
WHERE visitor_country IS NOT NULL AND host_country IS NOT NULL
GROUP BY ALL
ORDER BY visits DESC, visitor_country, host_country, topic;
