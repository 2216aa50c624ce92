CREATE TABLE IF NOT EXISTS migrations (
    number     INTEGER PRIMARY KEY,
    name       VARCHAR NOT NULL,
    digest     VARCHAR NOT NULL,
    applied_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE migrations IS 'Numbered files of the schema that this catalogue has seen; number 0 is the digest of the views.';
COMMENT ON COLUMN migrations.number IS 'Number of the file.';
COMMENT ON COLUMN migrations.name IS 'Name of the file.';
COMMENT ON COLUMN migrations.digest IS 'sha256 of its text.';
COMMENT ON COLUMN migrations.applied_at IS 'When it was applied.';
