SELECT NULL::DOUBLE AS score, * FROM search_plain($asked) LIMIT $most;
