"""Erasure from the command line: a search for what was erased over every file of the archive finds nothing."""

import asyncio
import json
import shutil
import zlib

import pytest
from archives import ask, sample_settings
from typer.testing import CliRunner

import flows.erasing
import warehouse
from flows.cli import app
from flows.desk import Order
from flows.erasing import PLAN, erase
from flows.errors import RunError
from flows.newsroom import Newsroom
from flows.rebuilding import rebuild_catalogue
from flows.run import run_ingest
from flows.saved import ingest_saved
from flows.shelves import Stocktaking, check_shelves
from warehouse.statements import statement

PAPER = "sen_corniche"


@pytest.fixture
def settings(shelved, tmp_path):
    shutil.copytree(shelved.archive, tmp_path / "archive")
    return sample_settings(tmp_path / "archive", 9)


def a_story(settings):
    """(address, headline, a sentence) of an article with reports."""
    [row] = ask(
        settings.archive,
        f"SELECT a.url, r.headline, r.body FROM articles AS a JOIN article_revisions AS r USING (article_id) WHERE a.source = '{PAPER}' "
        "AND article_id IN (SELECT article_id FROM reports) ORDER BY a.url LIMIT 1",
    )
    return row[0], row[1], max(row[2].split("\n"), key=len)[:60]


def unpacked(path):
    data = path.read_bytes()
    yield data
    while path.name.endswith(".gz") and data:
        unpacker = zlib.decompressobj(zlib.MAX_WBITS + 16)
        yield unpacker.decompress(data)
        data = unpacker.unused_data


def found(settings, *words):
    """Files in which one of the words stands, plain or packed."""
    needles = [word.encode() for word in words]
    paths = [path for path in settings.archive.rglob("*") if path.is_file() and path.name != "erasing.json"]
    return sorted(path.name for path in paths if any(needle in data for data in unpacked(path) for needle in needles))


def test_nothing_of_an_erased_page_is_found_in_any_file(settings):
    url, headline, sentence = a_story(settings)
    assert len(found(settings, sentence)) >= 2 and found(settings, url)
    others = ask(settings.archive, f"SELECT count(*) FROM articles WHERE url <> '{url}'")
    [(id,)] = ask(settings.archive, f"SELECT article_id FROM articles WHERE url = '{url}'")
    keyed = [
        (table, column)
        for table, column in ask(settings.archive, statement("keyed_columns"))
        if column in ("article_id", "other_id")
    ]
    assert len(keyed) >= 5
    done = CliRunner().invoke(
        app, ["erase", url, "--reason", "asked by the publisher", "--archive", str(settings.archive)], input="n\n"
    )
    assert done.exit_code == 1 and "nothing was erased" in done.stderr and found(settings, sentence)
    index = warehouse.index_search(settings.published).path
    done = CliRunner().invoke(
        app, ["erase", url, "--reason", "asked by the publisher", "--yes", "--json", "--archive", str(settings.archive)]
    )
    assert done.exit_code == 0, done.output
    assert not index.exists(), "its words are gone too; the next index is made of what is left"
    told = json.loads(done.stdout)
    assert told["articles"] == 1 and told["reports"] >= 1 and told["records struck"] >= 2
    assert not found(settings, url, url.partition("//")[2], sentence, headline)
    assert ask(settings.archive, "SELECT count(*) FROM articles") == others
    assert not [
        table for table, column in keyed if ask(settings.archive, f"SELECT 1 FROM {table} WHERE {column} = '{id}'")
    ]
    assert ask(settings.archive, "SELECT scope, reason FROM erasures") == [("address", "asked by the publisher")]
    assert not ask(
        settings.archive, "SELECT report_id FROM visit_reports WHERE report_id NOT IN (SELECT report_id FROM reports)"
    )
    assert not list(check_shelves(settings, Stocktaking())) and not (settings.archive / PLAN).exists()
    with warehouse.open_catalogue(settings.catalogue) as catalogue, warehouse.Stacks(settings.shelves) as stacks:
        assert not list(stacks.documents(after=catalogue.shelved())), "nothing is walked again"
    assert [*warehouse.run_query(settings.published, "SELECT count(*) FROM articles").rows] == others


def test_it_is_never_fetched_or_loaded_again(settings, tmp_path):
    url, headline, sentence = a_story(settings)
    page = tmp_path / "saved" / "page.html"
    page.parent.mkdir()
    page.write_text(f"<title>{headline}</title><h1>{headline}</h1><p>{sentence}</p>", encoding="utf-8")
    (page.parent / "manifest.jsonl").write_text(json.dumps({"path": "page.html", "url": url}), encoding="utf-8")
    erase(settings, url, "asked by the publisher", tell=print)
    asyncio.run(ingest_saved(settings, page.parent))
    assert not found(settings, sentence)
    with Newsroom() as room:
        asyncio.run(run_ingest(sample_settings(settings.archive, room.port), Order((PAPER,))))
        assert not [path for (_, path, _) in room.requests if url.endswith(path) and path != "/"]
    assert not found(settings, sentence)
    rebuild_catalogue(settings, tell=print)
    assert ask(settings.archive, "SELECT scope FROM erasures") == [("address",)] and not list(
        check_shelves(settings, Stocktaking())
    )


@pytest.mark.parametrize("step", ["survey", "strike", "erase_rows", "write_anew", "publish"])
def test_an_erasure_that_is_broken_off_is_ended_by_the_next_call(settings, monkeypatch, step):
    url, headline, sentence = a_story(settings)

    def fall(*words, **values):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(flows.erasing.warehouse, step, fall)
        with pytest.raises(KeyboardInterrupt):
            erase(settings, url, "asked by the publisher", tell=print)
    assert (settings.archive / PLAN).exists()
    told = []
    flows.erasing.finish_erasure(settings, tell=told.append)
    assert "broken off" in told[0] and not found(settings, url, sentence, headline)
    assert (
        not list(check_shelves(settings, Stocktaking())) and flows.erasing.finish_erasure(settings, tell=print) is None
    )


def test_a_domain_goes_with_all_its_pages(settings):
    url, _, sentence = a_story(settings)
    domain = url.split("/")[2].removeprefix("www.")
    addresses = flows.erasing.find_scope(settings, domain, tell=print).addresses
    report = erase(settings, domain, "the paper closed", tell=print)
    assert report.articles > 1 and len(addresses) > report.articles and not found(settings, sentence, *addresses)
    assert ask(settings.archive, f"SELECT count(*) FROM articles WHERE source = '{PAPER}'") == [(0,)]
    assert not list(check_shelves(settings, Stocktaking()))


@pytest.mark.parametrize("target", ["not a domain", "https://paper.example/", "paper", "ftp://paper.example/a"])
def test_what_is_neither_page_nor_domain_is_refused(settings, target):
    with pytest.raises(RunError, match="whole address"):
        erase(settings, target, "no reason", tell=print)
    assert not ask(settings.archive, "SELECT * FROM erasures")
