-- How many visits are told for each hundred articles read?
--
-- Reports of visits by country of the press, language and month, over the articles that were read. A month with many visits and many articles is no busier than one with half of both; months of few articles say little.
SELECT source_country, language, month, sources, articles, visits, round(100 * visits / articles, 1) AS visits_per_hundred
FROM denominators
ORDER BY month, source_country, language;
