-- Which visits does one side tell and the other not, though its papers are read?
--
-- Made visits told by the press of one of the two states only, while an article of the other's press is held from the days around it. Silence of a few papers is not silence of a state; see how many articles of the silent press were read.
SELECT
    v.visit_id, v.day, v.visitor_country, v.host_country, coalesce(v.visitor_name, v.visitor_title_text, v.visitor_office) AS visitor,
    CASE WHEN list_contains(v.sides, 'visitor') THEN v.host_country ELSE v.visitor_country END AS silent_country,
    count(DISTINCT a.article_id) AS articles_of_the_silent_press
FROM coded_visits AS v
JOIN articles AS a
    ON a.source_country = CASE WHEN list_contains(v.sides, 'visitor') THEN v.host_country ELSE v.visitor_country END
    AND a.published_on BETWEEN v.day - 3 AND v.day + 7
WHERE v.is_made AND v.visitor_country <> v.host_country
AND list_contains(v.sides, 'visitor') <> list_contains(v.sides, 'host')
GROUP BY ALL
ORDER BY v.day DESC, v.visit_id;
