-- On what do papers disagree?
--
-- Values of one visit that can't be true together, with the one that the archive chose. Papers that print one dispatch repeat its faults: count texts, not papers (independent texts, question 13).
SELECT c.visit_id, v.visitor_country, v.host_country, c.field, c.value, c.is_chosen, c.report_count, c.paper_count, round(c.weight, 2) AS weight
FROM visit_conflicts AS c
JOIN visits AS v USING (visit_id)
ORDER BY c.visit_id, c.field, c.weight DESC, c.value;
