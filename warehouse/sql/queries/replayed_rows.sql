-- One part of the replay's rows of a table that hangs on articles.
SELECT t.* FROM replayed.{table} AS t
SEMI JOIN (SELECT {key} FROM {whole} WHERE hash(article_id) % $buckets = $bucket) USING ({key});
