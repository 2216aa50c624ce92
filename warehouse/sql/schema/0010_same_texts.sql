-- Which articles print the same dispatch.

CREATE TABLE text_sketches (
    article_id  VARCHAR PRIMARY KEY,
    revision_id VARCHAR NOT NULL,
    day         DATE NOT NULL,
    words       INTEGER NOT NULL,
    method      UBIGINT NOT NULL,
    hashes      UBIGINT[]
);
COMMENT ON TABLE text_sketches IS 'One in eight of the four-word sequences of each current text, as numbers: enough to find texts that share many, too little to read them.';
COMMENT ON COLUMN text_sketches.article_id IS 'The article.';
COMMENT ON COLUMN text_sketches.revision_id IS 'Its wording.';
COMMENT ON COLUMN text_sketches.day IS 'Day of publication, or of the first capture where none is printed.';
COMMENT ON COLUMN text_sketches.words IS 'Words of the body.';
COMMENT ON COLUMN text_sketches.method IS 'A number that changes with the way of making the others: sketches of two methods are never compared.';
COMMENT ON COLUMN text_sketches.hashes IS 'The sequences, each once.';

CREATE TABLE text_pairs (
    article_id VARCHAR,
    other_id   VARCHAR,
    similarity DOUBLE NOT NULL,
    PRIMARY KEY (article_id, other_id)
);
COMMENT ON TABLE text_pairs IS 'Pairs of articles that were compared word by word and print the same text.';
COMMENT ON COLUMN text_pairs.article_id IS 'The article with the smaller id.';
COMMENT ON COLUMN text_pairs.other_id IS 'The other article.';
COMMENT ON COLUMN text_pairs.similarity IS 'Share of the shorter text''s four-word sequences that stand in the longer one too.';

CREATE TABLE same_texts (
    article_id         VARCHAR PRIMARY KEY,
    group_id           VARCHAR NOT NULL,
    similarity         DOUBLE NOT NULL,
    is_likely_original BOOLEAN NOT NULL,
    basis              VARCHAR CHECK (basis IN ('agency_signature', 'published_first', 'press_agency', 'longest_text', 'captured_first')),
    signed_by          VARCHAR
);
COMMENT ON TABLE same_texts IS 'Articles that print the same text, identical or rewritten, within ten days: one row each, all of them kept; an article that stands alone has none.';
COMMENT ON COLUMN same_texts.article_id IS 'The article.';
COMMENT ON COLUMN same_texts.group_id IS 'The same for all articles with this text.';
COMMENT ON COLUMN same_texts.similarity IS 'Highest share of four-word sequences that it has in common with another of the group, of the shorter text''s; 1 is identical, cut or enlarged.';
COMMENT ON COLUMN same_texts.is_likely_original IS 'True for one article of each group: of those that the archive holds, the one from which the others are likely taken.';
COMMENT ON COLUMN same_texts.basis IS 'Why the original is likely one: agency_signature (its paper is the agency whose name others print), published_first, press_agency (the only one of its day), longest_text (of those of the first day), captured_first; null for the others.';
COMMENT ON COLUMN same_texts.signed_by IS 'Agency that the group''s articles print as theirs; where the archive does not hold that agency''s own article, the true original is missing.';
