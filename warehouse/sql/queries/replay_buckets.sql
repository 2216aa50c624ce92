SELECT CAST(ceil(count(*) / 5000.0) AS INTEGER) FROM replayed.articles;
