-- What was seen of the sources, and what was not: facts and counts, no texts. Rebuilt whenever this folder changes.

CREATE OR REPLACE VIEW coverage AS
WITH asked AS (
    SELECT
        source,
        day,
        count(*) AS runs,
        count(*) FILTER (state = 'done') AS runs_done,
        max(listed) AS listed,
        CAST(sum(new) AS BIGINT) AS new,
        CAST(sum(fetched) AS BIGINT) AS fetched,
        CAST(sum(read) AS BIGINT) AS read,
        CAST(sum(rejects) AS BIGINT) AS rejects
    FROM run_sources ANTI JOIN (SELECT run_id FROM runs WHERE kind <> 'ingest') USING (run_id)
    WHERE state <> 'skipped' AND day IS NOT NULL
    GROUP BY source, day
),
told AS (
    SELECT revision_id, count(*) AS visits FROM reports WHERE qualifies AND salience <> 'incidental' GROUP BY revision_id
),
held AS (
    SELECT
        a.source,
        coalesce(v.published_on, CAST(a.first_captured_at AS DATE)) AS day,
        count(*) AS articles,
        count(*) FILTER (v.is_visit) AS visit_articles,
        CAST(coalesce(sum(t.visits), 0) AS BIGINT) AS visits
    FROM articles AS a
    JOIN article_revisions AS v ON v.revision_id = a.current_revision_id
    LEFT JOIN told AS t ON t.revision_id = a.current_revision_id
    WHERE a.source IS NOT NULL
    GROUP BY ALL
),
hindered AS (
    SELECT
        source,
        day,
        kind <> 'page' AS is_feed,
        bool_or(outcome IN ('robots_disallowed', 'robots_unreachable')) AS by_robots,
        bool_or(outcome IN ('tdm_reserved', 'archive_refused')) AS by_tdm,
        bool_or(outcome IN ('timeout', 'network_error', 'rate_limited', 'truncated') OR (outcome = 'http_error' AND status >= 500)) AS by_host
    FROM fetches
    WHERE outcome NOT IN ('ok', 'not_modified', 'fresh')
    GROUP BY ALL
),
now AS (SELECT max(started_at) AS seen_at FROM runs WHERE kind = 'ingest'),
spans AS (
    SELECT
        a.source,
        s.expect_least,
        s.fetches,
        min(a.day) AS first_day,
        greatest(max(a.day), CAST(timezone(coalesce(any_value(s.timezone), 'UTC'), any_value(now.seen_at)) AS DATE)) AS last_day
    FROM asked AS a LEFT JOIN sources AS s USING (source) CROSS JOIN now
    GROUP BY a.source, s.expect_least, s.fetches
),
grid AS (
    SELECT source, first_day, last_day, unnest(generate_series(first_day, last_day, INTERVAL 1 DAY))::DATE AS day FROM spans
),
weeks AS (
    SELECT g.source, sum(h.articles) AS articles
    FROM grid AS g JOIN held AS h USING (source, day)
    WHERE (g.day - g.first_day) // 7 < (g.last_day - g.first_day) // 7
    GROUP BY g.source, (g.day - g.first_day) // 7
),
usual AS (SELECT source, median(articles) AS articles FROM weeks GROUP BY source),
expected AS (
    SELECT s.source, round(CASE WHEN s.fetches = 'all' AND s.expect_least > 0 THEN s.expect_least ELSE u.articles END / 7, 3) AS expected
    FROM spans AS s LEFT JOIN usual AS u USING (source)
)
SELECT
    source,
    day,
    e.expected,
    coalesce(a.listed, 0) AS listed,
    coalesce(a.fetched, 0) AS fetched,
    coalesce(a.read, 0) AS read,
    coalesce(a.rejects, 0) AS rejects,
    coalesce(h.articles, 0) AS articles,
    coalesce(h.visit_articles, 0) AS visit_articles,
    coalesce(h.visits, 0) AS visits,
    CASE
        WHEN g.day IS NULL THEN 'not_watched'
        WHEN h.articles > 0 THEN NULL
        WHEN a.runs IS NULL THEN 'not_run'
        WHEN a.runs_done = 0 THEN
            CASE WHEN f.by_robots THEN 'robots' WHEN f.by_tdm THEN 'tdm' WHEN f.by_host THEN 'down' ELSE 'feed_failed' END
        WHEN a.listed = 0 THEN 'nothing_listed'
        WHEN a.new = 0 THEN 'nothing_new'
        WHEN a.fetched = 0 THEN
            CASE WHEN p.by_robots THEN 'robots' WHEN p.by_tdm THEN 'tdm' WHEN p.by_host THEN 'down' WHEN p.source IS NULL THEN 'nothing_new' ELSE 'pages_failed' END
        WHEN a.read = 0 THEN 'unread'
        ELSE 'other_days'
    END AS why_not
FROM grid AS g
FULL JOIN held AS h USING (source, day)
LEFT JOIN asked AS a USING (source, day)
LEFT JOIN expected AS e ON e.source = g.source
LEFT JOIN hindered AS f ON f.source = g.source AND f.day = g.day AND f.is_feed
LEFT JOIN hindered AS p ON p.source = g.source AND p.day = g.day AND NOT p.is_feed;
COMMENT ON VIEW coverage IS 'What was seen of each source on each day since it was first asked, and why nothing was: where nothing was read, no visit can have been found.';
COMMENT ON COLUMN coverage.source IS 'The source.';
COMMENT ON COLUMN coverage.day IS 'Day by the clock of the source.';
COMMENT ON COLUMN coverage.expected IS 'Articles a day that are usual: the least that the source file promises where all are fetched, else the median of its own weeks, without empty ones; null before it was asked for a week.';
COMMENT ON COLUMN coverage.listed IS 'Addresses that its feeds listed in the run of the day that saw most.';
COMMENT ON COLUMN coverage.fetched IS 'Pages that came in the runs of the day, of whatever day of publication.';
COMMENT ON COLUMN coverage.read IS 'Of these, pages that could be read.';
COMMENT ON COLUMN coverage.rejects IS 'Pages, fields and feeds that the runs of the day could not read.';
COMMENT ON COLUMN coverage.articles IS 'Articles that the archive holds of this day: by publication, or by first capture where no day is printed.';
COMMENT ON COLUMN coverage.visit_articles IS 'Of these, articles with a visit.';
COMMENT ON COLUMN coverage.visits IS 'Reports of visits in them.';
COMMENT ON COLUMN coverage.why_not IS 'Why no article of this day is held, null where some are: not_run, feed_failed, robots, tdm, down (its host did not answer), nothing_listed, nothing_new (only what was known or unlikely), pages_failed, unread (pages came and could not be read), other_days (what was read is of other days); not_watched: before it was first asked, whatever is held.';

CREATE OR REPLACE VIEW silences AS
WITH spans AS (
    SELECT source, min(day) AS first_day, max(day) AS last_day, any_value(expected) AS expected
    FROM coverage WHERE why_not IS DISTINCT FROM 'not_watched' GROUP BY source
),
-- the day that is not over yet says nothing
days AS (
    SELECT c.source, c.day, c.articles, c.fetched, c.read, c.why_not, s.first_day,
        CAST(sum(c.articles) OVER week AS DOUBLE) AS week, count(*) OVER week AS week_days
    FROM coverage AS c JOIN spans AS s USING (source)
    WHERE c.day BETWEEN s.first_day AND s.last_day - 1
    WINDOW week AS (PARTITION BY c.source ORDER BY c.day ROWS 6 PRECEDING)
),
states AS (
    SELECT
        d.source,
        any_value(s.expected) AS expected,
        any_value(d.first_day) AS first_day,
        max(d.day) AS last_day,
        max(d.day) FILTER (d.articles > 0) AS last_article_on,
        arg_max(d.week, d.day) AS week,
        any_value(CASE WHEN o.fetches = 'all' THEN o.expect_least END) AS least,
        any_value(CASE WHEN o.fetches = 'all' THEN o.expect_most END) AS most,
        max(d.day) FILTER (d.week_days < 7 OR d.week >= CASE WHEN o.fetches = 'all' THEN o.expect_least END) AS last_promised_on,
        max(d.day) FILTER (d.week_days < 7 OR d.week <= CASE WHEN o.fetches = 'all' THEN o.expect_most END) AS last_modest_on,
        max(d.day) FILTER (d.week_days < 7 OR d.week * 3 >= s.expected * 7) AS last_usual_on,
        max(d.day) FILTER (d.read * 2 > d.fetched) AS last_read_on
    FROM days AS d JOIN spans AS s USING (source) LEFT JOIN sources AS o USING (source)
    GROUP BY d.source
    HAVING max(d.week_days) = 7
),
quiet AS (
    SELECT source, 'nothing' AS kind, coalesce(last_article_on + 1, first_day) AS since_on, expected * 7 AS usual, 0.0 AS found
    FROM states
    WHERE CASE
        WHEN last_article_on IS NULL THEN true
        ELSE last_day - last_article_on >= 2 AND expected * (last_day - last_article_on) >= 5
    END
    UNION ALL
    SELECT source, 'less_than_declared', last_promised_on + 1, least, week FROM states WHERE week < least
    UNION ALL
    SELECT source, 'less_than_usual', last_usual_on + 1, expected * 7, week
    FROM states WHERE least IS NULL AND week * 3 < expected * 7 AND expected * 7 - week >= 5
    UNION ALL
    SELECT source, 'more_than_declared', last_modest_on + 1, most, week FROM states WHERE week > most
),
loud AS (
    SELECT q.source, q.kind, coalesce(q.since_on, s.first_day) AS since_on, q.usual, q.found, CAST(q.found AS BIGINT) AS article_count
    FROM quiet AS q JOIN states AS s USING (source)
    QUALIFY row_number() OVER (PARTITION BY q.source ORDER BY q.kind <> 'nothing', q.kind) = 1
),
reasons AS (
    SELECT l.source, mode(d.why_not ORDER BY d.day) AS why
    FROM loud AS l JOIN days AS d ON d.source = l.source AND d.day >= l.since_on
    WHERE d.why_not IS NOT NULL
    GROUP BY l.source
),
-- the last 120 articles of each source, the latest 20 of them against those before
latest AS (
    SELECT source, unnest(ids) AS current_revision_id, generate_subscripts(ids, 1) AS place
    FROM (SELECT source, arg_max(current_revision_id, first_captured_at, 120) AS ids FROM articles WHERE source IS NOT NULL GROUP BY source)
),
measured AS (
    SELECT l.source, l.place, CAST(timezone('UTC', v.first_captured_at) AS DATE) AS day, unnest([
        {'field': 'headline', 'value': CAST(v.headline IS NOT NULL AS DOUBLE)},
        {'field': 'byline', 'value': CAST(len(v.byline) > 0 AS DOUBLE)},
        {'field': 'published_on', 'value': CAST(v.published_on IS NOT NULL AS DOUBLE)},
        {'field': 'section', 'value': CAST(v.section IS NOT NULL AS DOUBLE)},
        {'field': 'body', 'value': CAST(length(v.body) AS DOUBLE)}
    ], recursive := true)
    FROM latest AS l JOIN article_revisions AS v ON v.revision_id = l.current_revision_id
),
compared AS (
    SELECT
        source,
        field,
        CASE WHEN field = 'body' THEN median(coalesce(value, 0)) FILTER (place > 20) ELSE avg(coalesce(value, 0)) FILTER (place > 20) END AS usual,
        CASE WHEN field = 'body' THEN median(coalesce(value, 0)) FILTER (place <= 20) ELSE avg(coalesce(value, 0)) FILTER (place <= 20) END AS found,
        count(*) FILTER (place <= 20) AS article_count,
        count(*) FILTER (place > 20) AS before_count,
        avg(coalesce(value, 0)) AS mean
    FROM measured
    GROUP BY source, field
),
lost AS (
    SELECT source, field, usual, found, article_count, mean
    FROM compared
    WHERE article_count = 20 AND before_count >= 40
    AND CASE
        WHEN field = 'body' THEN found * 3 < usual
        -- four standard errors of a share in twenty: chance does this once in ten thousand
        ELSE usual >= 0.2 AND found * 2 <= usual AND usual - found >= 4 * sqrt(least(usual, 0.97) * (1 - least(usual, 0.97)) / 20)
    END
),
-- where the sum of what lies above the mean is highest, the share broke off
broken AS (
    SELECT m.source, m.field, m.place, m.day,
        sum(coalesce(m.value, 0) - l.mean) OVER (PARTITION BY m.source, m.field ORDER BY m.place DESC ROWS UNBOUNDED PRECEDING) AS above,
        lead(m.day) OVER (PARTITION BY m.source, m.field ORDER BY m.place DESC) AS next_day
    FROM measured AS m JOIN lost AS l USING (source, field)
),
breaks AS (SELECT source, field, arg_max(next_day, above) AS since_on FROM broken GROUP BY source, field),
pages AS (
    SELECT
        d.source,
        sum(d.read) FILTER (d.day <= s.last_day - 7) / nullif(sum(d.fetched) FILTER (d.day <= s.last_day - 7), 0) AS usual,
        sum(d.read) FILTER (d.day > s.last_day - 7) / nullif(sum(d.fetched) FILTER (d.day > s.last_day - 7), 0) AS found,
        sum(d.fetched) FILTER (d.day > s.last_day - 7) AS article_count,
        sum(d.fetched) FILTER (d.day <= s.last_day - 7) AS before_count,
        any_value(s.last_read_on) AS last_read_on
    FROM days AS d JOIN states AS s USING (source)
    WHERE d.day > s.last_day - 97
    GROUP BY d.source
)
SELECT l.source, l.kind, NULL AS field, l.since_on, 'articles a week' AS unit, round(l.usual, 3) AS usual, l.found, l.article_count, r.why
FROM loud AS l LEFT JOIN reasons AS r USING (source)
UNION ALL
SELECT l.source, 'field_lost', l.field, b.since_on, CASE l.field WHEN 'body' THEN 'characters' ELSE 'share of articles' END, round(l.usual, 3), round(l.found, 3), l.article_count, NULL
FROM lost AS l JOIN breaks AS b USING (source, field)
UNION ALL
SELECT source, 'field_lost', 'page', last_read_on + 1, 'share of pages', round(usual, 3), round(found, 3), CAST(article_count AS BIGINT), 'unread'
FROM pages
WHERE article_count >= 10 AND before_count >= 20 AND found * 2 <= usual AND last_read_on IS NOT NULL;
COMMENT ON VIEW silences IS 'Sources that fell silent up to the archive''s last whole day, and fields that stopped being read: what was usual, what is found, and since when.';
COMMENT ON COLUMN silences.source IS 'The source.';
COMMENT ON COLUMN silences.kind IS 'nothing: no article where at least five are usual, or none ever in a week; less_than_declared, more_than_declared: out of the range in the source file; less_than_usual: under a third of its own usual week; field_lost: a field that was read is no longer.';
COMMENT ON COLUMN silences.field IS 'For field_lost: headline, byline, published_on, section, body (its length) or page (pages that could be read at all).';
COMMENT ON COLUMN silences.since_on IS 'First day of the silence by the clock of the source; for a field the day on which it broke off.';
COMMENT ON COLUMN silences.unit IS 'articles a week, share of articles, share of pages or characters.';
COMMENT ON COLUMN silences.usual IS 'What is usual: the bound of the source file, the median of its weeks, or the up to 100 articles (90 days of pages) before the latest.';
COMMENT ON COLUMN silences.found IS 'What is found: the last seven days, or the latest 20 articles; for body the median.';
COMMENT ON COLUMN silences.article_count IS 'Articles or pages on which found rests.';
COMMENT ON COLUMN silences.why IS 'The commonest reason in coverage.why_not since then; not_run means that we did not ask.';

CREATE OR REPLACE VIEW reject_reasons AS
WITH read_later AS (
    SELECT r.reject_id
    FROM rejects AS r
    JOIN (SELECT listed_url AS url, last_captured_at FROM articles UNION ALL SELECT url, last_captured_at FROM articles) AS a USING (url)
    WHERE a.last_captured_at > r.captured_at
)
SELECT
    r.source,
    r.level,
    r.stage,
    r.reason,
    count(*) AS count,
    count(DISTINCT r.url) AS addresses,
    count(DISTINCT r.url) FILTER (l.reject_id IS NULL) AS open_addresses,
    min(r.captured_at) AS first_at,
    max(r.captured_at) AS last_at,
    arg_max(r.url, r.captured_at) AS last_url,
    arg_max(r.shelf_file, r.captured_at) AS shelf_file,
    arg_max(r.shelf_offset, r.captured_at) AS shelf_offset
FROM rejects AS r LEFT JOIN (SELECT DISTINCT reject_id FROM read_later) AS l USING (reject_id)
GROUP BY r.source, r.level, r.stage, r.reason;
COMMENT ON VIEW reject_reasons IS 'What could not be read, by source and reason, with the shelfmark of the latest case.';
COMMENT ON COLUMN reject_reasons.source IS 'The source.';
COMMENT ON COLUMN reject_reasons.level IS 'page, field, feed or source, as in rejects.';
COMMENT ON COLUMN reject_reasons.stage IS 'Step that failed.';
COMMENT ON COLUMN reject_reasons.reason IS 'What was read, what was looked for, what to do.';
COMMENT ON COLUMN reject_reasons.count IS 'Rejects with this reason.';
COMMENT ON COLUMN reject_reasons.addresses IS 'Addresses that they concern.';
COMMENT ON COLUMN reject_reasons.open_addresses IS 'Of these, addresses at which no page was read since.';
COMMENT ON COLUMN reject_reasons.first_at IS 'When it was first met.';
COMMENT ON COLUMN reject_reasons.last_at IS 'When it was last met.';
COMMENT ON COLUMN reject_reasons.last_url IS 'Address of the latest case.';
COMMENT ON COLUMN reject_reasons.shelf_file IS 'WARC file with the bytes of the latest case, relative to the shelves; null where none came.';
COMMENT ON COLUMN reject_reasons.shelf_offset IS 'First byte of their record.';

CREATE OR REPLACE VIEW denominators AS
WITH told AS (
    SELECT revision_id, count(*) AS visits FROM reports WHERE qualifies AND salience <> 'incidental' GROUP BY revision_id
)
SELECT
    s.country AS source_country,
    v.language,
    CAST(date_trunc('month', coalesce(v.published_on, CAST(a.first_captured_at AS DATE))) AS DATE) AS month,
    count(DISTINCT a.source) AS sources,
    count(*) AS articles,
    count(*) FILTER (v.is_visit) AS visit_articles,
    CAST(coalesce(sum(t.visits), 0) AS BIGINT) AS visits
FROM articles AS a
JOIN article_revisions AS v ON v.revision_id = a.current_revision_id
LEFT JOIN sources AS s ON s.source = a.source
LEFT JOIN told AS t ON t.revision_id = a.current_revision_id
GROUP BY ALL;
COMMENT ON VIEW denominators IS 'Articles read by country of the press, language and month: what a count of visits is to be divided by.';
COMMENT ON COLUMN denominators.source_country IS 'Country whose press it is, ISO 3166-1 alpha-3.';
COMMENT ON COLUMN denominators.language IS 'Language of the articles, ISO 639-1.';
COMMENT ON COLUMN denominators.month IS 'First day of the month of publication, or of the first capture where no day is printed.';
COMMENT ON COLUMN denominators.sources IS 'Sources with an article in this month.';
COMMENT ON COLUMN denominators.articles IS 'Articles.';
COMMENT ON COLUMN denominators.visit_articles IS 'Of these, articles with a visit.';
COMMENT ON COLUMN denominators.visits IS 'Reports of visits in them.';
