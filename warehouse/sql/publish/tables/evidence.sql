-- Filled row by row, since each article has a budget of characters.
CREATE TABLE published.evidence (
    report_id  VARCHAR,
    article_id VARCHAR,
    ordinal    INTEGER,
    fields     VARCHAR[],
    place      VARCHAR,
    span_start INTEGER,
    span_end   INTEGER,
    text       VARCHAR,
    is_cut     BOOLEAN,
    rules      VARCHAR[]
);
