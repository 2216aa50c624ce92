-- BM25 over French stems; a word of another language keeps what a French ending does not take.
PRAGMA create_fts_index(
    'articles', 'article_id', 'words', stemmer = 'french', stopwords = 'none', strip_accents = 1, lower = 1,
    ignore = '[^\p{L}\p{N}]+'
);
ALTER TABLE articles DROP COLUMN words;
