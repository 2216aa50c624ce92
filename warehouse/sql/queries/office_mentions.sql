-- Visits of which only the title is printed, with who is named in that office in the articles printed nearest before and after.
WITH offices AS (SELECT unnest(['head_of_state', 'head_of_government', 'foreign_minister']) AS office),
unnamed AS (
    SELECT visit_id, visitor_country AS country, visitor_office AS office, coalesce(start_on, first_told_on) AS day
    FROM visits
    WHERE visitor_name IS NULL AND visitor_country IS NOT NULL AND coalesce(start_on, first_told_on) IS NOT NULL
    AND visitor_office IN (FROM offices)
),
named AS (
    SELECT p.country, p.office, v.published_on AS day, p.name, count(DISTINCT a.article_id) AS articles, min(a.article_id) AS article_id
    FROM report_participants AS p
    JOIN articles AS a ON a.current_revision_id = p.revision_id
    JOIN article_revisions AS v ON v.revision_id = p.revision_id
    WHERE p.name IS NOT NULL AND p.country IS NOT NULL AND p.office IN (FROM offices) AND v.published_on IS NOT NULL
    GROUP BY ALL
),
mentions AS (
    SELECT country, office, day, arg_max(name, (articles, length(name), name)) AS name, arg_max(article_id, (articles, length(name), name)) AS article_id
    FROM named GROUP BY ALL
)
SELECT
    u.visit_id, u.country, u.office, u.day,
    b.name AS before_name, b.day AS before_day, b.article_id AS before_article,
    f.name AS after_name, f.day AS after_day, f.article_id AS after_article
FROM unnamed AS u
ASOF LEFT JOIN mentions AS b ON b.country = u.country AND b.office = u.office AND u.day >= b.day
ASOF LEFT JOIN mentions AS f ON f.country = u.country AND f.office = u.office AND u.day <= f.day
ORDER BY u.visit_id;
