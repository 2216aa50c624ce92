-- Which agreements were signed, and on which visit?
--
-- As each report prints them: one agreement can stand several times, in the words of several papers.
SELECT v.visit_id, v.visitor_country, v.host_country, coalesce(v.start_on, v.first_told_on) AS day, g.text AS agreement, a.source, a.url
FROM report_agreements AS g
JOIN visit_reports AS l USING (report_id)
JOIN visits AS v USING (visit_id)
JOIN articles AS a ON a.article_id = l.article_id
WHERE g.status = 'signed'
ORDER BY day DESC NULLS LAST, v.visit_id, a.source, agreement;
