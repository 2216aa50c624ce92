-- How many known articles the incoming requests find gone that stood, or standing that were gone; asked before they are kept.
WITH asked AS (
    SELECT d.article_id, f.outcome FROM incoming_fetches AS f JOIN article_addresses AS d ON d.url = f.url
)
SELECT count(*)
FROM asked LEFT JOIN gone_articles AS g USING (article_id)
WHERE CASE WHEN asked.outcome = 'gone' THEN g.article_id IS NULL ELSE g.article_id IS NOT NULL END;
