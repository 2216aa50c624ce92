CREATE TABLE accuracy (
    gold         VARCHAR,
    language     VARCHAR,
    field        VARCHAR,
    measure      VARCHAR,
    value        DOUBLE,
    low          DOUBLE,
    high         DOUBLE,
    n            INTEGER,
    coder_version VARCHAR,
    measured_on  DATE
);
COMMENT ON TABLE accuracy IS 'How well fields are read: measured on articles that people coded, by language.';
COMMENT ON COLUMN accuracy.gold IS 'The set of coded articles: invented: those of the program itself, a third of which is never looked at while rules are written (kept).';
COMMENT ON COLUMN accuracy.language IS 'Language of the articles, ISO 639-1; all: of all together.';
COMMENT ON COLUMN accuracy.field IS 'Field of reports; visit: whether a visit was found at all; article: whether the article tells one.';
COMMENT ON COLUMN accuracy.measure IS 'precision: share of the values given that are right; recall: share of the values in the text that were given.';
COMMENT ON COLUMN accuracy.value IS 'The share, 0 to 1.';
COMMENT ON COLUMN accuracy.low IS 'Lower end of the 95 % interval (Wilson).';
COMMENT ON COLUMN accuracy.high IS 'Upper end.';
COMMENT ON COLUMN accuracy.n IS 'Values counted; under 30 a share shows a direction only.';
COMMENT ON COLUMN accuracy.coder_version IS 'Coder that was measured; see about for the one that coded this archive.';
COMMENT ON COLUMN accuracy.measured_on IS 'When.';

CREATE TABLE dictionary (
    table_name   VARCHAR,
    table_kind   VARCHAR,
    position     INTEGER,
    column_name  VARCHAR,
    data_type    VARCHAR,
    meaning      VARCHAR,
    vocabulary   VARCHAR[],
    example      VARCHAR,
    made         VARCHAR,
    share_filled DOUBLE,
    accuracy     DOUBLE,
    is_promised  BOOLEAN
);
COMMENT ON TABLE dictionary IS 'What every table, view and column of this file means, how it is made, and how far it is filled.';
COMMENT ON COLUMN dictionary.table_name IS 'Table or view.';
COMMENT ON COLUMN dictionary.table_kind IS 'table or view.';
COMMENT ON COLUMN dictionary.position IS 'Place of the column; 0 for the table as a whole.';
COMMENT ON COLUMN dictionary.column_name IS 'Column; null for the table as a whole.';
COMMENT ON COLUMN dictionary.data_type IS 'Type in DuckDB''s words.';
COMMENT ON COLUMN dictionary.meaning IS 'Meaning.';
COMMENT ON COLUMN dictionary.vocabulary IS 'The closed list of its values, where there is one.';
COMMENT ON COLUMN dictionary.example IS 'A value of this file, at most 60 characters; of tables only.';
COMMENT ON COLUMN dictionary.made IS 'How it is made: read (from the page), coded (from the text), chosen (from the reports of a visit), counted (by the archive), told (by hand) or derived (by a view).';
COMMENT ON COLUMN dictionary.share_filled IS 'Share of rows in which it is not null and no empty list; of tables only, null where the table has no rows.';
COMMENT ON COLUMN dictionary.accuracy IS 'Harmonic mean of precision and recall over all languages, for fields of reports and visits that were measured; see accuracy.';
COMMENT ON COLUMN dictionary.is_promised IS 'True where name, type and meaning stay as they are in every later version of this file, whatever is added.';
