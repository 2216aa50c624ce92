-- Headlines and evidence as search_plain reads them; filled when evidence is.
CREATE TABLE published.search_texts (
    article_id VARCHAR,
    words      VARCHAR
);
