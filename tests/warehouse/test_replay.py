"""A replay beside the catalogue: every difference is told, nothing changes before it is accepted, then all at once."""

from datetime import timedelta

import pytest
from invented import HOURS, NOW, SOURCES, reading, record, source, visit, whole_batch

from warehouse import CatalogueError, accept_replay, compare_replay, open_catalogue

LATER = NOW + timedelta(days=30)
FIRST, SECOND = "https://le-temoin.example/1", "https://le-temoin.example/2"


def capture(url, n, digest):
    return {
        "url": url, "final_url": url, "source": "mli_temoin", "kind": "page", "captured_at": NOW, "status": 200, "digest": digest, "charset": None,
        "run_id": "r1", "shelf_file": "2026-03/a.warc.gz", "shelf_offset": 1024 + n, "shelf_length": 1,
    }  # fmt: skip


def both(first, second=None):
    """A batch of two pages read as given; None: the second could not be read."""
    rejected = {
        "run_id": "r1",
        "source": "mli_temoin",
        "url": SECOND,
        "level": "page",
        "stage": "read",
        "reason": "no text",
        "captured_at": NOW,
        "shelf_file": "2026-03/a.warc.gz",
        "shelf_offset": 1025,
    }
    return {
        "captures": [capture(FIRST, 0, "sha256:A"), capture(SECOND, 1, "sha256:B")],
        "readings": [first] + ([second] if second else []),
        "rejects": [] if second else [rejected],
    }


def page(url=FIRST, digest="sha256:A", version="1", **values):
    return reading(
        url,
        listed_url=FIRST if digest == "sha256:A" else SECOND,
        digest=digest,
        reader_version=version,
        record=record(values.pop("visit", visit()), **values),
    )


@pytest.fixture
def staged(tmp_path):
    """Loads a batch into a replay beside the archive and gives its path."""

    def stage(*batches):
        path = tmp_path / "replay.duckdb"
        with open_catalogue(path) as replay:
            replay.register_sources(SOURCES)
            for batch in batches:
                replay.load(batch)
        return path

    return stage


def ask(catalogue, sql):
    return catalogue.connection.execute(sql).fetchall()


def changes(found):
    return {
        (row["field"], row["source"], row["language"]): (row["compared"], row["changed"], row["gained"], row["lost"])
        for row in found.changes
    }


def test_what_is_read_as_before_is_no_difference(catalogue, staged):
    catalogue.load(both(page(), page(SECOND, "sha256:B")))
    found = compare_replay(catalogue, staged(both(page(version="2"), page(SECOND, "sha256:B", version="2"))))
    assert (found.changes, found.examples, found.totals["pages"], found.totals["changed"]) == ([], [], 2, 0)
    assert found.totals["compared"] > 60


def test_every_other_value_is_told_by_field_source_and_language_with_examples(catalogue, staged):
    catalogue.load(both(page(), page(SECOND, "sha256:B", headline="Sans changement")))
    new = page(
        version="2",
        headline="Arrivée du ministre",
        byline=[],
        visit=visit(topics=["energy"], host_name="Oumar Dembélé-Traoré", status="concluded"),
    )
    found = compare_replay(
        catalogue, staged(both(new, page(SECOND, "sha256:B", version="2", headline="Sans changement")))
    )
    at = ("mli_temoin", "fr")
    assert changes(found) == {
        ("headline", *at): (2, 1, 0, 0), ("byline", *at): (2, 1, 0, 0), ("visit: topics", *at): (2, 1, 0, 0),
        ("visit: host_name", *at): (2, 1, 1, 0), ("visit: status", *at): (2, 1, 0, 0),
    }  # fmt: skip
    [headline] = [row for row in found.examples if row["field"] == "headline"]
    assert (headline["url"], headline["old"], headline["new"]) == (
        FIRST,
        "Arrivée du ministre à Bamako",
        "Arrivée du ministre",
    )
    assert ask(catalogue, "SELECT count(*) FROM article_revisions") == [(2,)], "comparing changed the archive"


def test_visits_gained_and_lost_and_pages_that_can_be_read_now_are_told(catalogue, staged):
    catalogue.load(both(page()))
    other = page(version="2", visit=visit(visitor_country="SEN"))
    found = compare_replay(catalogue, staged(both(other, page(SECOND, "sha256:B", version="2"))))
    told = {(row["field"], row["old"], row["new"]) for row in found.examples}
    assert told == {("visit", "DZA → MLI", None), ("visit", None, "SEN → MLI"), ("page", "no text", "read")}


def test_nothing_changes_before_it_is_accepted_then_new_wordings_count_and_the_old_ones_stay(catalogue, staged):
    catalogue.load(both(page()))
    catalogue.resolve()
    path = staged(
        both(
            page(version="2", visit=visit(kind="official")),
            page(SECOND, "sha256:B", version="2", visit=visit(start_on={"value": "2026-07-01", "precision": "day"})),
        )
    )
    assert ask(catalogue, "SELECT kind FROM visits") == [("working",)]
    version = ask(catalogue, "SELECT content_version FROM archive")
    assert accept_replay(catalogue, path, LATER) == {"articles_new": 1, "wordings_new": 2, "articles_replaced": 0}
    assert ask(catalogue, "SELECT kind FROM visits ORDER BY start_on") == [("official",), ("working",)]
    assert (
        ask(
            catalogue,
            "SELECT reader_version, read_at IS NOT NULL FROM article_revisions JOIN articles ON current_revision_id = revision_id",
        )
        == [("2", True)] * 2
    )
    assert ask(
        catalogue,
        f"SELECT cause, is_current FROM revision_history JOIN articles USING (article_id) WHERE url = '{FIRST}' ORDER BY number",
    ) == [("first", False), ("read_again", True)]
    assert ask(catalogue, "SELECT content_version FROM archive") > version
    held = ask(catalogue, "SELECT revision_id, read_at FROM article_revisions ORDER BY ALL")
    assert accept_replay(catalogue, path, LATER) == {"articles_new": 0, "wordings_new": 0, "articles_replaced": 0}
    assert ask(catalogue, "SELECT revision_id, read_at FROM article_revisions ORDER BY ALL") == held, (
        "twice is not once"
    )


def test_a_replay_back_to_an_earlier_reading_counts_again(catalogue, staged, tmp_path):
    """The reading accepted last counts, even where its wording is an old one."""
    catalogue.load(both(page()))
    accept_replay(catalogue, staged(both(page(version="2", headline="Mal lu"))), LATER)
    (tmp_path / "replay.duckdb").unlink()
    accept_replay(catalogue, staged(both(page(version="3"))), LATER + HOURS)
    assert ask(
        catalogue,
        "SELECT headline, reader_version FROM article_revisions JOIN articles ON current_revision_id = revision_id",
    ) == [("Arrivée du ministre à Bamako", "3")]


def test_a_page_changed_since_stays_as_it_was_read_last(catalogue, staged):
    """A replay of older captures mends the history, never the wording of today."""
    catalogue.load(both(page()))
    catalogue.load({"readings": [page(digest="sha256:C", headline="Récrit") | {"captured_at": NOW + HOURS}]})
    accept_replay(catalogue, staged(both(page(version="2", headline="Mieux lu"))), LATER)
    assert ask(
        catalogue, "SELECT headline FROM article_revisions JOIN articles ON current_revision_id = revision_id"
    ) == [("Récrit",)]
    assert ask(catalogue, "SELECT count(*) FROM article_revisions") == [(3,)]


def test_an_article_whose_address_is_read_otherwise_is_replaced_and_counts_once(catalogue, staged):
    catalogue.load(both(page("https://le-temoin.example/amp/1")))
    catalogue.resolve()
    path = staged(both(page(version="2")))
    assert changes(compare_replay(catalogue, path)) == {("address", "mli_temoin", "fr"): (1, 1, 0, 0)}
    assert accept_replay(catalogue, path, LATER)["articles_replaced"] == 1
    assert ask(catalogue, "SELECT count(*) FROM current_reports") == [(1,)]
    assert ask(catalogue, "SELECT report_count FROM visits") == [(1,)]
    assert ask(
        catalogue,
        "SELECT o.url, n.url, o.current_revision_id FROM articles o JOIN articles n ON n.article_id = o.replaced_by",
    ) == [("https://le-temoin.example/amp/1", FIRST, None)]
    catalogue.load(both(page("https://le-temoin.example/amp/1", version="3")))
    assert ask(catalogue, "SELECT count(*) FROM articles WHERE replaced_by IS NOT NULL") == [(0,)], (
        "read again under its address, it counts again"
    )


def test_without_a_replay_there_is_nothing_to_compare(catalogue, tmp_path):
    with pytest.raises(CatalogueError, match="run `chancery replay` first"):
        compare_replay(catalogue, tmp_path / "none.duckdb")


def test_the_index_gives_what_stands_on_the_shelves_by_source_and_day(catalogue):
    catalogue.load(whole_batch())
    assert catalogue.sources_with_pages() == ["mli_temoin"]
    [found] = catalogue.on_shelf("mli_temoin")
    assert (found.url, found.mark.offset, found.captured_at) == (FIRST, 1024, NOW)
    assert (
        catalogue.on_shelf("mli_temoin", since=NOW + HOURS)
        == catalogue.on_shelf("mli_temoin", until=NOW)
        == catalogue.on_shelf(None)
        == []
    )
    assert catalogue.on_shelf("mli_temoin", are_pages=False) == []
    assert {row["name"] for row in catalogue.declared()} == {row["name"] for row in [source(), *SOURCES]}
