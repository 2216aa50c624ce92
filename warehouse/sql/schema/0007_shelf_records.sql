-- Records on the shelves that hold no page: what sites answered instead, and the place of what was erased.

ALTER TABLE captures ADD COLUMN shelf_span BIGINT;
COMMENT ON COLUMN captures.shelf_span IS 'Length of its record with those beside it (request, metadata) in bytes; null where it stands alone.';

CREATE TABLE shelf_records (
    shelf_file   VARCHAR,
    shelf_offset BIGINT,
    shelf_length BIGINT NOT NULL,
    outcome      VARCHAR NOT NULL,
    url          VARCHAR,
    source       VARCHAR,
    kind         VARCHAR,
    recorded_at  TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (shelf_file, shelf_offset)
);
COMMENT ON TABLE shelf_records IS 'Questions that brought no page, as they stand on the shelves: the index of what captures does not list.';
COMMENT ON COLUMN shelf_records.shelf_file IS 'WARC file, relative to the shelves.';
COMMENT ON COLUMN shelf_records.shelf_offset IS 'Where the first of its records begins, in bytes.';
COMMENT ON COLUMN shelf_records.shelf_length IS 'Length of its records in bytes: revisit, request and metadata, or metadata alone.';
COMMENT ON COLUMN shelf_records.outcome IS 'What became of the question, as in fetches; erased where what stood here was erased.';
COMMENT ON COLUMN shelf_records.url IS 'Address as asked for; null where it was erased.';
COMMENT ON COLUMN shelf_records.source IS 'Source for which it was asked.';
COMMENT ON COLUMN shelf_records.kind IS 'page, feed, sitemap or listing.';
COMMENT ON COLUMN shelf_records.recorded_at IS 'When it was shelved.';
