-- Sources as they were registered.
SELECT source AS name, title, country, language, kind, home, note, is_verified AS verified, is_sample, expect_least, expect_most
FROM sources ORDER BY source;
