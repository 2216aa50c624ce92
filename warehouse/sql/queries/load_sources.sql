INSERT INTO sources BY NAME SELECT * FROM incoming_sources
ON CONFLICT (source) DO UPDATE SET
    title = excluded.title,
    country = excluded.country,
    language = excluded.language,
    kind = excluded.kind,
    home = excluded.home,
    note = excluded.note,
    is_verified = excluded.is_verified,
    is_sample = excluded.is_sample,
    expect_least = excluded.expect_least,
    expect_most = excluded.expect_most,
    timezone = excluded.timezone,
    fetches = excluded.fetches;
