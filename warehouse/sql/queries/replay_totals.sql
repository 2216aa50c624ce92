-- Of a whole replay: pages, how many values were compared and would change.
SELECT
    (SELECT count(*) FROM replayed.captures) AS pages,
    (SELECT count(*) FROM replayed.articles) AS articles,
    (SELECT count(*) FROM replay_pairs WHERE new_id IS DISTINCT FROM old_id) AS wordings_changed,
    (SELECT count(*) FROM replay_fields) AS compared,
    (SELECT count(*) FROM replay_fields WHERE old IS DISTINCT FROM new) AS changed;
