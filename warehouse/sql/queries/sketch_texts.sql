-- Sketches of some texts that have none yet. hash() is fast, and may differ in another DuckDB: method notices.
INSERT INTO text_sketches
SELECT
    article_id,
    revision_id,
    day,
    len(words),
    hash('four words, one in eight'),
    list_distinct(list_filter(
        list_transform(list_zip(words[:-4], words[2:-3], words[3:-2], words[4:]), lambda four: hash(four)),
        lambda number: number % 8 = 0
    ))
FROM (
    SELECT
        a.article_id,
        v.revision_id,
        coalesce(v.published_on, CAST(timezone('UTC', a.first_captured_at) AS DATE)) AS day,
        regexp_extract_all(lower(coalesce(v.body, '')), '[\p{L}\p{M}\p{N}]+') AS words
    FROM articles AS a
    JOIN article_revisions AS v ON v.revision_id = a.current_revision_id
    ANTI JOIN text_sketches AS s ON s.article_id = a.article_id
    LIMIT $limit
)
RETURNING article_id;
