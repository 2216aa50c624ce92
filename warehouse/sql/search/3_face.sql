CREATE MACRO index_words(written) AS
    regexp_replace(
        regexp_replace(
            translate(strip_accents(lower(written)), 'أإآٱىةؤئ’''', 'اااايهوي  '),
            '[^\p{L}\p{N}]+', ' ', 'g'
        ),
        '(^| )[وفبك]?ال(\p{Arabic}{3,})', '\1\2', 'g'
    );

CREATE MACRO search(asked) AS TABLE
    SELECT s.score, a.article_id, a.published_on, a.source, a.source_country, a.language, a.headline, a.url, a.is_visit
    FROM (SELECT article_id, fts_main_articles.match_bm25(article_id, index_words(asked)) AS score FROM articles) AS s
    JOIN articles AS a USING (article_id)
    WHERE s.score IS NOT NULL
    ORDER BY s.score DESC, a.published_on DESC NULLS LAST, a.article_id;

COMMENT ON TABLE articles IS 'The articles of the published file that this index was made from: FROM search(''visites bamako'') ranks them, once the extension fts is loaded.';
COMMENT ON COLUMN articles.article_id IS 'The article: the same id in the published file.';
COMMENT ON COLUMN articles.published_on IS 'Day of publication.';
COMMENT ON COLUMN articles.source IS 'Source.';
COMMENT ON COLUMN articles.source_country IS 'Country of the source, ISO 3166-1 alpha-3.';
COMMENT ON COLUMN articles.language IS 'Language, ISO 639-1.';
COMMENT ON COLUMN articles.headline IS 'Headline.';
COMMENT ON COLUMN articles.url IS 'Address.';
COMMENT ON COLUMN articles.is_visit IS 'True where it tells a visit.';

-- the terms of use are those of the published file
CREATE TABLE about AS FROM published.about;
INSERT INTO about VALUES
    ('index_key', $index_key, 'The same in indexes of the same file made the same way: then the old one stays.'),
    ('indexed_at', strftime(now(), '%Y-%m-%dT%H:%M:%SZ'), 'When this index was made.');
COMMENT ON TABLE about IS 'The about of the published file, with when and of what this index was made.';
