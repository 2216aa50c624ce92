-- One article under many addresses; what sites said of their house, kept for a day; two words for questions not put.

CREATE TABLE article_addresses (
    url           VARCHAR PRIMARY KEY,
    article_id    VARCHAR NOT NULL,
    identity      VARCHAR NOT NULL,
    first_seen_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE article_addresses IS 'Every address under which an article was listed, reached or named itself.';
COMMENT ON COLUMN article_addresses.url IS 'The address.';
COMMENT ON COLUMN article_addresses.article_id IS 'The article.';
COMMENT ON COLUMN article_addresses.identity IS 'What is the same in all spellings of an address: without scheme, www, mobile and AMP marks, tracking and a slash at the end.';
COMMENT ON COLUMN article_addresses.first_seen_at IS 'When a page was first captured that belongs to it.';

-- of what was read before: the plain differences of spelling; the next reading of an article writes the exact key
INSERT INTO article_addresses
SELECT
    url,
    arg_min(article_id, first_captured_at),
    regexp_replace(regexp_replace(lower(url), '^https?://(www\.)?', ''), '/+$', ''),
    min(first_captured_at)
FROM (
    SELECT url, article_id, first_captured_at FROM articles
    UNION ALL
    SELECT listed_url, article_id, first_captured_at FROM articles WHERE listed_url NOT IN (SELECT url FROM articles)
)
GROUP BY url;

CREATE TABLE house_rules (
    address     VARCHAR PRIMARY KEY,
    outcome     VARCHAR NOT NULL,
    status      INTEGER,
    body        VARCHAR,
    told_at     TIMESTAMPTZ NOT NULL,
    holds_until TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE house_rules IS 'What sites last said in robots.txt and tdmrep.json: not asked for again while it holds, at most for a day.';
COMMENT ON COLUMN house_rules.address IS 'Address of the file.';
COMMENT ON COLUMN house_rules.outcome IS 'What became of the request, in the words of fetches.outcome.';
COMMENT ON COLUMN house_rules.status IS 'HTTP status.';
COMMENT ON COLUMN house_rules.body IS 'The file as text; null where there is none.';
COMMENT ON COLUMN house_rules.told_at IS 'When it was asked for.';
COMMENT ON COLUMN house_rules.holds_until IS 'When it is asked for again.';

COMMENT ON COLUMN fetches.outcome IS 'ok, not_modified, robots_disallowed, robots_unreachable, gone, rate_limited, http_error, timeout, too_large, truncated, undecodable, network_error, too_many_redirects, invalid_url, refused_address, tdm_reserved, archive_refused, walled, fresh or resting (the last two: not asked).';
