-- Readings made again from the shelves, and articles whose address a better reader found to be another.

ALTER TABLE article_revisions ADD COLUMN read_at TIMESTAMPTZ;
COMMENT ON COLUMN article_revisions.read_at IS 'When a replay that read it again was accepted; null where it was read as it came.';

ALTER TABLE articles ADD COLUMN replaced_by VARCHAR;
COMMENT ON COLUMN articles.replaced_by IS 'The article as which its pages are read since a replay was accepted; null while it counts itself.';
