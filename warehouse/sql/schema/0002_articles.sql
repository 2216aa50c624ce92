-- What was read: articles and each of their wordings.

CREATE TABLE articles (
    article_id          VARCHAR PRIMARY KEY,
    url                 VARCHAR NOT NULL,
    listed_url          VARCHAR,
    source              VARCHAR,
    is_sample           BOOLEAN NOT NULL DEFAULT false,
    first_captured_at   TIMESTAMPTZ NOT NULL,
    last_captured_at    TIMESTAMPTZ NOT NULL,
    current_revision_id VARCHAR
);
COMMENT ON TABLE articles IS 'Articles: one row for each address that held one, however often it changed.';
COMMENT ON COLUMN articles.article_id IS 'First 16 hex digits of the sha256 of the address.';
COMMENT ON COLUMN articles.url IS 'Canonical address where the page names one, else the address after redirects.';
COMMENT ON COLUMN articles.listed_url IS 'Address as the feed listed it.';
COMMENT ON COLUMN articles.source IS 'Source that printed it.';
COMMENT ON COLUMN articles.is_sample IS 'True for the invented pages of the sample newsroom.';
COMMENT ON COLUMN articles.first_captured_at IS 'When it was first fetched.';
COMMENT ON COLUMN articles.last_captured_at IS 'When it was last fetched and read.';
COMMENT ON COLUMN articles.current_revision_id IS 'The wording that counts: the one seen last.';

CREATE TABLE article_revisions (
    revision_id       VARCHAR PRIMARY KEY,
    article_id        VARCHAR NOT NULL,
    content_digest    VARCHAR NOT NULL,
    text_digest       VARCHAR NOT NULL,
    capture_digest    VARCHAR,
    first_captured_at TIMESTAMPTZ NOT NULL,
    last_captured_at  TIMESTAMPTZ NOT NULL,
    reader_version    VARCHAR,
    coder_version     VARCHAR,
    headline          VARCHAR,
    byline            VARCHAR[],
    agency            VARCHAR,
    dateline_text     VARCHAR,
    dateline_city     VARCHAR,
    published_on      DATE,
    published_at      TIMESTAMPTZ,
    published_at_text VARCHAR,
    published_basis   VARCHAR CHECK (published_basis IN ('metadata', 'printed', 'dateline', 'url', 'feed')),
    modified_at       TIMESTAMPTZ,
    modified_at_text  VARCHAR,
    language          VARCHAR,
    lede              VARCHAR,
    body              VARCHAR,
    section           VARCHAR,
    tags              VARCHAR[],
    captions          VARCHAR[],
    repairs           STRUCT("from" VARCHAR, "to" VARCHAR, count INTEGER)[],
    is_truncated      BOOLEAN NOT NULL DEFAULT false,
    is_visit          BOOLEAN NOT NULL DEFAULT false
);
COMMENT ON TABLE article_revisions IS 'Wordings of articles: a changed article is a new row and the old one stays.';
COMMENT ON COLUMN article_revisions.revision_id IS 'Made from the article and the digest of what was read.';
COMMENT ON COLUMN article_revisions.article_id IS 'The article.';
COMMENT ON COLUMN article_revisions.content_digest IS 'sha256 of all that was read from it and coded, without related links, time of change and names of rules.';
COMMENT ON COLUMN article_revisions.text_digest IS 'sha256 of headline and body: the same if only our reading changed, not the article.';
COMMENT ON COLUMN article_revisions.capture_digest IS 'Digest of the page from which it was last read; names the capture together with last_captured_at.';
COMMENT ON COLUMN article_revisions.first_captured_at IS 'When a page with this wording was first fetched.';
COMMENT ON COLUMN article_revisions.last_captured_at IS 'When a page with this wording was last fetched and read.';
COMMENT ON COLUMN article_revisions.reader_version IS 'Version of the page reader that read it.';
COMMENT ON COLUMN article_revisions.coder_version IS 'Version of the visit coder that coded it.';
COMMENT ON COLUMN article_revisions.headline IS 'As printed, without the paper''s name.';
COMMENT ON COLUMN article_revisions.byline IS 'People who sign, in order.';
COMMENT ON COLUMN article_revisions.agency IS 'Agency that signs.';
COMMENT ON COLUMN article_revisions.dateline_text IS 'Place and day before the first sentence, as printed.';
COMMENT ON COLUMN article_revisions.dateline_city IS 'City of the dateline.';
COMMENT ON COLUMN article_revisions.published_on IS 'Day of publication in the offset that the page prints; null when it shows none.';
COMMENT ON COLUMN article_revisions.published_at IS 'Moment of publication, where a time with zone is printed.';
COMMENT ON COLUMN article_revisions.published_at_text IS 'ISO time of publication as the page gives it, with its own offset or without one.';
COMMENT ON COLUMN article_revisions.published_basis IS 'Where the day came from: metadata, printed, dateline, url or feed.';
COMMENT ON COLUMN article_revisions.modified_at IS 'Moment of the last change, where a time with zone is printed.';
COMMENT ON COLUMN article_revisions.modified_at_text IS 'ISO time of the last change as the page gives it.';
COMMENT ON COLUMN article_revisions.language IS 'ISO 639-1.';
COMMENT ON COLUMN article_revisions.lede IS 'Standfirst if there is one, else the first paragraph.';
COMMENT ON COLUMN article_revisions.body IS 'What a reader reads as the article, paragraphs parted by a blank line.';
COMMENT ON COLUMN article_revisions.section IS 'Section of the paper as printed.';
COMMENT ON COLUMN article_revisions.tags IS 'Key words as printed.';
COMMENT ON COLUMN article_revisions.captions IS 'Captions of pictures as printed.';
COMMENT ON COLUMN article_revisions.repairs IS 'Encoding damage that was mended: from, to, how often.';
COMMENT ON COLUMN article_revisions.is_truncated IS 'True when the page says that it shows only a part.';
COMMENT ON COLUMN article_revisions.is_visit IS 'True when at least one qualifying visit is main or secondary.';

CREATE TABLE quotations (
    revision_id VARCHAR,
    ordinal     INTEGER,
    text        VARCHAR NOT NULL,
    speaker     VARCHAR,
    span_start  INTEGER NOT NULL,
    span_end    INTEGER NOT NULL,
    PRIMARY KEY (revision_id, ordinal)
);
COMMENT ON TABLE quotations IS 'Direct speech in an article.';
COMMENT ON COLUMN quotations.revision_id IS 'Wording of the article.';
COMMENT ON COLUMN quotations.ordinal IS 'Place in the article, from 1.';
COMMENT ON COLUMN quotations.text IS 'The words, without quotation marks.';
COMMENT ON COLUMN quotations.speaker IS 'Who says them, as printed.';
COMMENT ON COLUMN quotations.span_start IS 'First character in the body, from 0.';
COMMENT ON COLUMN quotations.span_end IS 'Character behind the last.';

CREATE TABLE related_links (
    revision_id VARCHAR,
    ordinal     INTEGER,
    headline    VARCHAR NOT NULL,
    url         VARCHAR,
    PRIMARY KEY (revision_id, ordinal)
);
COMMENT ON TABLE related_links IS 'Links to other articles that were taken out of the body ("Lire aussi").';
COMMENT ON COLUMN related_links.revision_id IS 'Wording of the article.';
COMMENT ON COLUMN related_links.ordinal IS 'Place in the article, from 1.';
COMMENT ON COLUMN related_links.headline IS 'Headline of the other article.';
COMMENT ON COLUMN related_links.url IS 'Its address, where printed as a link.';
