"""The index finds inflected, accented and Arabic words, ranks them, follows the published file, and never waits for a network."""

import os
import shutil
import subprocess
import sys
import threading

import duckdb
import pytest
from invented import SOURCES, reading, record, visit

import warehouse.searching
from warehouse import (
    PublishError,
    QueryError,
    index_search,
    open_catalogue,
    publish,
    run_query,
    search,
    search_index_of,
)

HEADLINES = {
    "one": "Une visite de travail à Bamako",
    "many": "Visites croisées : les visites officielles du ministre se suivent à Bamako, Bamako attend d'autres visites",
    "elections": "Élections générales : le scrutin est reporté",
    "arabic": "وصول الوزير إلى الجزائر في زيارة رسمية",
    "english": "Foreign minister visits Lagos for trade talks",
    "other": "Le prix du mil monte",
}


def archive_of(folder, headlines):
    with open_catalogue(folder / "catalogue.duckdb") as catalogue:
        catalogue.register_sources(SOURCES)
        # evidence would put the same words into every article
        told = [
            reading(f"https://a.example/{name}", record=record(visit(evidence=[]), headline=text))
            for name, text in headlines.items()
        ]
        catalogue.load({"readings": told})
        catalogue.resolve()
    publish(folder / "catalogue.duckdb", folder / "chancery.duckdb")
    return folder / "chancery.duckdb"


@pytest.fixture(scope="module")
def indexed(tmp_path_factory):
    published = archive_of(tmp_path_factory.mktemp("search"), HEADLINES)
    assert index_search(published).changed
    return published


def names(published, words, **more):
    found = search(published, words, **more)
    at = found.answer.columns.index("url")
    assert found.note is None
    return [row[at].rsplit("/", 1)[1] for row in found.answer.rows]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("visite", {"one", "many", "english"}), ("visites", {"one", "many", "english"}), ("VISITÉ", {"one", "many", "english"}), ("officiel", {"many"}),
        ("elections generales", {"elections"}), ("élection", {"elections"}), ("visiting Lagos", {"english"}), ("talk", {"english"}),
        ("الوزير", {"arabic"}), ("وزير", {"arabic"}), ("بالجزائر", {"arabic"}), ("زِيارة رسميّة", {"arabic"}), ("cacao", set()), ("", set()), ("' OR 1=1 --", set()),
    ],
)  # fmt: skip
def test_words_are_found_by_their_stems_with_accents_or_without(indexed, words, wanted):
    assert set(names(indexed, words)) == wanted


def test_the_best_comes_first(indexed):
    assert (
        names(indexed, "visites à Bamako") == ["one", "many", "english", "elections"][:3]
        and names(indexed, "visites du ministre à Bamako")[0] == "many"
    )
    assert names(indexed, "travaux, Bamako")[0] == "one" and names(indexed, "visite", limit=1) != []
    scores = [row[0] for row in search(indexed, "visites bamako").answer.rows]
    assert scores == sorted(scores, reverse=True) and all(score > 0 for score in scores)


def test_an_index_of_the_same_file_stays_and_one_of_an_older_file_says_so(tmp_path):
    published = archive_of(tmp_path, HEADLINES)
    assert index_search(published).changed and not index_search(published).changed
    before = search_index_of(published).stat().st_ino
    assert archive_of(tmp_path, {"late": "Visites à Niamey"}) == published
    found = search(published, "niamey")
    assert not found.answer.rows and "is of version" in found.note
    assert index_search(published).changed and names(published, "niamey") == ["late"]
    assert search_index_of(published).stat().st_ino != before
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "catalogue.duckdb",
        "catalogue.duckdb.lock",
        "chancery.duckdb",
        "chancery.search.duckdb",
        "chancery.search.duckdb.lock",
    ]


def test_an_old_index_shows_nothing_that_the_file_no_longer_has(tmp_path, indexed):
    published = archive_of(tmp_path, {"one": HEADLINES["one"]})
    shutil.copy(search_index_of(indexed), search_index_of(published))
    found = search(published, "visites élections")
    assert [row[found.answer.columns.index("headline")] for row in found.answer.rows] == [HEADLINES["one"]]


def test_it_holds_the_terms_and_no_text_but_headlines(indexed):
    with duckdb.connect(str(search_index_of(indexed)), read_only=True) as opened:
        about = dict(opened.execute("SELECT key, value FROM about").fetchall())
        columns = {
            name
            for (name,) in opened.execute(
                "SELECT column_name FROM duckdb_columns() WHERE table_name = 'articles'"
            ).fetchall()
        }
        silent = opened.execute(
            "SELECT column_name FROM duckdb_columns() WHERE schema_name = 'main' AND table_name = 'articles' AND comment IS NULL"
        ).fetchall()
    assert (
        about["content_key"] == dict(run_query(indexed, "SELECT key, value FROM about").rows)["content_key"]
        and about["license"]
        and about["indexed_at"]
    )
    assert "words" not in columns and not silent


def test_full_texts_are_searched_where_they_are_published(tmp_path):
    published = archive_of(tmp_path, {"one": "Titre"})
    publish(tmp_path / "catalogue.duckdb", published, full_text=True)
    index_search(published)
    assert names(published, "homologues") == ["one"]


def test_without_an_index_or_the_extension_the_latest_are_shown_and_it_says_why(tmp_path, indexed, monkeypatch):
    published = archive_of(tmp_path, HEADLINES)
    found = search(published, "visite bamako")
    assert "there is no index" in found.note and {
        row[found.answer.columns.index("headline")] for row in found.answer.rows
    } == {HEADLINES["one"], HEADLINES["many"]}
    assert found.answer.columns == search(indexed, "visite").answer.columns
    monkeypatch.setattr(warehouse.searching, "_extension", lambda: None)
    assert "not installed" in search(indexed, "visite").note
    with pytest.raises(PublishError, match="duckdb-extension-fts"):
        index_search(published)


def test_what_can_not_be_indexed_or_searched_is_said_and_nothing_is_lost(tmp_path, monkeypatch):
    with pytest.raises(PublishError, match="chancery publish"):
        index_search(tmp_path / "none.duckdb")
    with pytest.raises(QueryError, match="no published file"):
        search(tmp_path / "none.duckdb", "x")
    published = archive_of(tmp_path, HEADLINES)
    index = index_search(published).path
    before = index.read_bytes()
    archive_of(tmp_path, {"late": "Visites à Niamey"})
    broken = (("1_articles", "CREATE TABLE articles AS FROM nothing;"),)
    plain = warehouse.searching.scripts
    monkeypatch.setattr(warehouse.searching, "scripts", lambda folder: broken if folder == "search" else plain(folder))
    with pytest.raises(PublishError, match="not touched"):
        index_search(published)
    assert index.read_bytes() == before and not list(tmp_path.glob(".*new*"))
    index.write_bytes(b"no database")
    with pytest.raises(QueryError, match="search-index"):
        search(published, "x")
    monkeypatch.undo()
    assert index_search(published).changed and names(published, "niamey") == ["late"]


def test_two_at_once_make_one(tmp_path):
    published = archive_of(tmp_path, HEADLINES)
    done = []
    threads = [threading.Thread(target=lambda: done.append(index_search(published).changed)) for _ in range(3)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(done) == [False, False, True] and names(published, "scrutins") == ["elections"]


def test_no_network_is_asked_and_no_home_is_written_to(indexed, tmp_path):
    """The extension is loaded from its package: proxies that answer nobody, and a home where nothing may be made."""
    asked = f"from pathlib import Path; from warehouse import search; print(len(search(Path({str(indexed)!r}), 'visites').answer.rows))"
    nowhere = {"HTTP_PROXY": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9", "HOME": str(tmp_path / "home")}
    done = subprocess.run(
        [sys.executable, "-c", asked], env=os.environ | nowhere, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == "3", done.stderr
    assert not (tmp_path / "home").exists()
