-- What the archive is, who is watched, and what was fetched.

CREATE TABLE archive (
    archive_id      VARCHAR PRIMARY KEY,
    created_at      TIMESTAMPTZ NOT NULL,
    is_sample       BOOLEAN,
    content_version BIGINT NOT NULL
);
COMMENT ON TABLE archive IS 'The archive itself: one row.';
COMMENT ON COLUMN archive.archive_id IS 'Random identity of this archive, made with it.';
COMMENT ON COLUMN archive.created_at IS 'When the catalogue was made.';
COMMENT ON COLUMN archive.is_sample IS 'True if it holds the invented sample newsroom, false if real press, null until the first sources are registered; the two never mix.';
COMMENT ON COLUMN archive.content_version IS 'Grows by one with every transaction that changed sources, articles, reports, visits or rejects; publish compares it.';

CREATE TABLE sources (
    source       VARCHAR PRIMARY KEY,
    title        VARCHAR,
    country      VARCHAR CHECK (length(country) = 3),
    language     VARCHAR,
    kind         VARCHAR,
    home         VARCHAR,
    note         VARCHAR,
    is_verified  BOOLEAN NOT NULL DEFAULT false,
    is_sample    BOOLEAN NOT NULL DEFAULT false,
    expect_least INTEGER,
    expect_most  INTEGER
);
COMMENT ON TABLE sources IS 'Papers, agencies, ministries and broadcasters that are or were watched, one row each.';
COMMENT ON COLUMN sources.source IS 'Short name of the source, as its file in the registry is named: country, then paper.';
COMMENT ON COLUMN sources.title IS 'Name as printed on its front page.';
COMMENT ON COLUMN sources.country IS 'Country whose press it is, ISO 3166-1 alpha-3; decides the side from which a visit is told.';
COMMENT ON COLUMN sources.language IS 'Main language, ISO 639-1.';
COMMENT ON COLUMN sources.kind IS 'press_agency, newspaper, ministry, broadcaster or other.';
COMMENT ON COLUMN sources.home IS 'Address of its front page.';
COMMENT ON COLUMN sources.note IS 'What a reader abroad should know of it.';
COMMENT ON COLUMN sources.is_verified IS 'True once a check has seen its pages read; unverified sources are never fetched.';
COMMENT ON COLUMN sources.is_sample IS 'True for the invented papers of the sample newsroom.';
COMMENT ON COLUMN sources.expect_least IS 'Articles a week below which it is called silent.';
COMMENT ON COLUMN sources.expect_most IS 'Articles a week above which its feed must have changed.';

CREATE TABLE feeds (
    url            VARCHAR PRIMARY KEY,
    source         VARCHAR,
    kind           VARCHAR NOT NULL,
    first_asked_at TIMESTAMPTZ NOT NULL,
    last_asked_at  TIMESTAMPTZ NOT NULL,
    last_outcome   VARCHAR
);
COMMENT ON TABLE feeds IS 'Addresses that were asked for what is new: feeds, sitemaps, listing pages.';
COMMENT ON COLUMN feeds.url IS 'Address of the feed.';
COMMENT ON COLUMN feeds.source IS 'Source that it belongs to.';
COMMENT ON COLUMN feeds.kind IS 'What was fetched: feed, sitemap, listing and their like; never page.';
COMMENT ON COLUMN feeds.first_asked_at IS 'When it was first asked.';
COMMENT ON COLUMN feeds.last_asked_at IS 'When it was last asked.';
COMMENT ON COLUMN feeds.last_outcome IS 'What became of the last request, in the words of fetches.outcome.';

CREATE TABLE captures (
    capture_id   VARCHAR PRIMARY KEY,
    url          VARCHAR NOT NULL,
    final_url    VARCHAR NOT NULL,
    source       VARCHAR,
    kind         VARCHAR NOT NULL,
    captured_at  TIMESTAMPTZ NOT NULL,
    status       INTEGER,
    digest       VARCHAR NOT NULL,
    charset      VARCHAR,
    shelf_file   VARCHAR NOT NULL,
    shelf_offset BIGINT NOT NULL,
    shelf_length BIGINT NOT NULL,
    run_id       VARCHAR
);
COMMENT ON TABLE captures IS 'Index of the shelves: every document as it came, one row a record of a WARC file.';
COMMENT ON COLUMN captures.capture_id IS 'Made from file and offset, so that it is the same however often a shelf is read.';
COMMENT ON COLUMN captures.url IS 'Address as asked for.';
COMMENT ON COLUMN captures.final_url IS 'Address after redirects.';
COMMENT ON COLUMN captures.source IS 'Source for which it was fetched.';
COMMENT ON COLUMN captures.kind IS 'page, feed or what else was fetched.';
COMMENT ON COLUMN captures.captured_at IS 'When it came.';
COMMENT ON COLUMN captures.status IS 'HTTP status.';
COMMENT ON COLUMN captures.digest IS 'sha256 of the body in base 32, as in WARC-Payload-Digest.';
COMMENT ON COLUMN captures.charset IS 'Charset as the transfer named it.';
COMMENT ON COLUMN captures.shelf_file IS 'WARC file, relative to the shelves.';
COMMENT ON COLUMN captures.shelf_offset IS 'First byte of the record in the file.';
COMMENT ON COLUMN captures.shelf_length IS 'Bytes of the record in the file.';
COMMENT ON COLUMN captures.run_id IS 'Run that loaded it.';

CREATE TABLE fetches (
    fetch_id VARCHAR PRIMARY KEY,
    run_id   VARCHAR,
    source   VARCHAR,
    url      VARCHAR NOT NULL,
    kind     VARCHAR NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL,
    outcome  VARCHAR NOT NULL,
    status   INTEGER,
    detail   VARCHAR,
    attempts INTEGER,
    seconds  DOUBLE,
    bytes    BIGINT
);
COMMENT ON TABLE fetches IS 'Every request and what became of it, also of those that brought nothing.';
COMMENT ON COLUMN fetches.fetch_id IS 'Made from run, address and time.';
COMMENT ON COLUMN fetches.run_id IS 'Run that asked.';
COMMENT ON COLUMN fetches.source IS 'Source for which was asked.';
COMMENT ON COLUMN fetches.url IS 'Address as asked for.';
COMMENT ON COLUMN fetches.kind IS 'page, feed or what else was asked for.';
COMMENT ON COLUMN fetches.asked_at IS 'When it was asked.';
COMMENT ON COLUMN fetches.outcome IS 'ok, not_modified, robots_disallowed, robots_unreachable, gone, rate_limited, http_error, timeout, too_large, truncated, undecodable, network_error, too_many_redirects, invalid_url or refused_address.';
COMMENT ON COLUMN fetches.status IS 'HTTP status, where an answer came.';
COMMENT ON COLUMN fetches.detail IS 'In words, with what to do, where it failed.';
COMMENT ON COLUMN fetches.attempts IS 'How often it was tried.';
COMMENT ON COLUMN fetches.seconds IS 'From the first request to the last byte, pauses included.';
COMMENT ON COLUMN fetches.bytes IS 'Bytes of the body, unpacked.';

CREATE TABLE validators (
    url           VARCHAR PRIMARY KEY,
    etag          VARCHAR,
    last_modified VARCHAR,
    checked_at    TIMESTAMPTZ NOT NULL,
    ttl_seconds   BIGINT
);
COMMENT ON TABLE validators IS 'What a site gave us to ask "changed since?" with.';
COMMENT ON COLUMN validators.url IS 'Address that they belong to.';
COMMENT ON COLUMN validators.etag IS 'ETag header as given.';
COMMENT ON COLUMN validators.last_modified IS 'Last-Modified header as given.';
COMMENT ON COLUMN validators.checked_at IS 'When the site last gave or confirmed them.';
COMMENT ON COLUMN validators.ttl_seconds IS 'Seconds for which the document asks not to be fetched again.';

CREATE TABLE runs (
    run_id     VARCHAR PRIMARY KEY,
    kind       VARCHAR NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    ended_at   TIMESTAMPTZ,
    state      VARCHAR NOT NULL,
    parameters VARCHAR,
    summary    VARCHAR
);
COMMENT ON TABLE runs IS 'The ledger of runs: this and no orchestrator''s table is the truth.';
COMMENT ON COLUMN runs.run_id IS 'Identity that the run gave itself.';
COMMENT ON COLUMN runs.kind IS 'ingest, replay, publish and their like.';
COMMENT ON COLUMN runs.started_at IS 'When it began.';
COMMENT ON COLUMN runs.ended_at IS 'When it ended; null while it runs or if it was killed.';
COMMENT ON COLUMN runs.state IS 'running, done, failed or stopped; a killed run stays running without an end.';
COMMENT ON COLUMN runs.parameters IS 'What it was asked to do, as JSON.';
COMMENT ON COLUMN runs.summary IS 'What it did in total, as JSON.';

CREATE TABLE run_sources (
    run_id    VARCHAR,
    source    VARCHAR,
    listed    INTEGER,
    new       INTEGER,
    unchanged INTEGER,
    fetched   INTEGER,
    read      INTEGER,
    visits    INTEGER,
    rejects   INTEGER,
    seconds   DOUBLE,
    state     VARCHAR,
    note      VARCHAR,
    PRIMARY KEY (run_id, source)
);
COMMENT ON TABLE run_sources IS 'What a run did for one source.';
COMMENT ON COLUMN run_sources.run_id IS 'The run.';
COMMENT ON COLUMN run_sources.source IS 'The source.';
COMMENT ON COLUMN run_sources.listed IS 'Addresses that its feeds listed.';
COMMENT ON COLUMN run_sources.new IS 'Of these, never seen before.';
COMMENT ON COLUMN run_sources.unchanged IS 'Pages that the site or their digest said to be the same.';
COMMENT ON COLUMN run_sources.fetched IS 'Pages that came.';
COMMENT ON COLUMN run_sources.read IS 'Pages that could be read.';
COMMENT ON COLUMN run_sources.visits IS 'Reports of visits found in them.';
COMMENT ON COLUMN run_sources.rejects IS 'Pages, fields and feeds that could not be read.';
COMMENT ON COLUMN run_sources.seconds IS 'Time that the source took.';
COMMENT ON COLUMN run_sources.state IS 'done if the source was run to its end; otherwise failed, stopped or skipped.';
COMMENT ON COLUMN run_sources.note IS 'In words, what an operator should know.';

CREATE TABLE rejects (
    reject_id    VARCHAR PRIMARY KEY,
    run_id       VARCHAR,
    source       VARCHAR,
    url          VARCHAR,
    level        VARCHAR NOT NULL CHECK (level IN ('page', 'field', 'feed', 'source')),
    stage        VARCHAR NOT NULL,
    reason       VARCHAR NOT NULL,
    captured_at  TIMESTAMPTZ,
    shelf_file   VARCHAR,
    shelf_offset BIGINT
);
COMMENT ON TABLE rejects IS 'What could not be read, with the reason and where the bytes stand.';
COMMENT ON COLUMN rejects.reject_id IS 'Made from all other columns.';
COMMENT ON COLUMN rejects.run_id IS 'Run that met it.';
COMMENT ON COLUMN rejects.source IS 'Source that it belongs to.';
COMMENT ON COLUMN rejects.url IS 'Address, where there is one.';
COMMENT ON COLUMN rejects.level IS 'page: nothing of the page; field: one value was printed and not understood; feed: a list of news; source: its declaration.';
COMMENT ON COLUMN rejects.stage IS 'Step that failed: discover, fetch, read, code, load and their like.';
COMMENT ON COLUMN rejects.reason IS 'What was read, what was looked for, what to do.';
COMMENT ON COLUMN rejects.captured_at IS 'When the bytes came.';
COMMENT ON COLUMN rejects.shelf_file IS 'WARC file with the bytes, relative to the shelves.';
COMMENT ON COLUMN rejects.shelf_offset IS 'First byte of their record.';
