-- Filled from office-holders, whom the archive's own articles or the operator name.
CREATE TABLE published.visitors_resolved (
    visit_id         VARCHAR,
    visitor_resolved VARCHAR,
    basis            VARCHAR,
    confidence       DOUBLE,
    article_ids      VARCHAR[],
    holder_ids       VARCHAR
);
