COMMENT ON TABLE search_texts IS 'Words of headlines and evidence (of bodies where they are published) without case, accents and the forms of one letter: what search_plain looks through.';
COMMENT ON COLUMN search_texts.article_id IS 'The article.';
COMMENT ON COLUMN search_texts.words IS 'The words, parted by single blanks.';

CREATE MACRO plain_words(written) AS
    regexp_replace(
        translate(strip_accents(lower(written)), 'أإآٱىةؤئ’''', 'اااايهوي  '),
        '[^\p{L}\p{N}]+', ' ', 'g'
    );

CREATE MACRO search_plain(asked) AS TABLE
    WITH question AS (SELECT string_split(trim(plain_words(asked)), ' ') AS words),
    patterns AS (
        SELECT [CASE WHEN regexp_matches(word, '[\x{0600}-\x{06FF}]') THEN regexp_replace(word, '^ال', '') ELSE ' ' || word END FOR word IN words] AS p
        FROM question
    )
    SELECT a.article_id, a.published_on, a.source, a.source_country, a.language, a.headline, a.url, a.is_visit
    FROM search_texts AS t
    CROSS JOIN patterns AS q
    JOIN articles AS a ON a.article_id = t.article_id
    WHERE contains(t.words, q.p[1])
    AND (q.p[2] IS NULL OR contains(t.words, q.p[2])) AND (q.p[3] IS NULL OR contains(t.words, q.p[3]))
    AND (q.p[4] IS NULL OR contains(t.words, q.p[4])) AND (q.p[5] IS NULL OR contains(t.words, q.p[5]))
    AND (q.p[6] IS NULL OR contains(t.words, q.p[6])) AND (q.p[7] IS NULL OR contains(t.words, q.p[7]))
    AND (q.p[8] IS NULL OR contains(t.words, q.p[8]))
    ORDER BY a.published_on DESC NULLS LAST, a.article_id;
