"""Runs over saved pages: each page belongs to the declared source whose host it has."""

import asyncio
import json

from archives import PAPERS, ask, sample_settings

import warehouse
from flows.saved import NO_SOURCE, ingest_saved


def articles(archive):
    return set(ask(archive, "SELECT url, source FROM articles"))


def test_pages_of_a_foreign_warc_go_to_the_sources_whose_hosts_they_have(shelved, tmp_path):
    """Bug caught: pages of an archive that others made, of declared papers too, belonged to nobody."""
    [shelf] = sorted(shelved.shelves.glob("*/*.warc.gz"))
    settings = sample_settings(tmp_path / "archive", 9)
    report = asyncio.run(ingest_saved(settings, shelf))
    assert {one.source for one in report.sources} == set(PAPERS)
    assert articles(settings.archive) == articles(shelved.archive)
    asked = ask(settings.archive, "SELECT source FROM sources")
    assert {name for (name,) in asked} == set(PAPERS), "papers that the file holds nothing of are not in the archive"
    with warehouse.open_catalogue(settings.catalogue) as catalogue:
        assert not catalogue.last_slots(), "a paper that nobody asked is as due as before"


def test_a_page_of_an_undeclared_host_is_nobody_s_and_the_one_beside_it_is_its_paper_s(shelved, tmp_path):
    [(theirs, source)] = ask(shelved.archive, "SELECT url, source FROM articles ORDER BY url LIMIT 1")
    folder = tmp_path / "saved"
    folder.mkdir()
    page = (
        "<html lang=fr><h1>Le ministre au port</h1><article><p>" + "Le ministre a vu les quais du port ce lundi. " * 9
    )
    rows = [{"path": f"{n}.html", "url": url} for n, url in enumerate((theirs, "https://nobody.example/a"))]
    for row in rows:
        (folder / row["path"]).write_text(page, encoding="utf-8")
    (folder / "no-address.html").write_text(page, encoding="utf-8")
    (folder / "manifest.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    settings = sample_settings(tmp_path / "archive", 9)
    report = asyncio.run(ingest_saved(settings, folder))
    assert {one.source: one.listed for one in report.sources} == {source: 1, NO_SOURCE: 2}
    assert ask(settings.archive, "SELECT source FROM articles WHERE url = 'https://nobody.example/a'") == [(None,)]


def test_an_address_that_no_table_can_hold_costs_the_run_nothing(tmp_path):
    """Bug caught: half of a surrogate pair, in the manifest's JSON or in a file's name, ended the run with all its pages."""
    folder = tmp_path / "saved"
    folder.mkdir()
    page = (
        "<html lang=fr><h1>Le ministre au port</h1><article><p>" + "Le ministre a vu les quais du port ce lundi. " * 9
    )
    (folder / "a.html").write_text(page, encoding="utf-8")
    (folder / "b\udcff.html").write_text(page, encoding="utf-8")
    (folder / "manifest.jsonl").write_text(
        '{"path": "a.html", "url": "https://nobody.example/\\ud800"}', encoding="utf-8"
    )
    settings = sample_settings(tmp_path / "archive", 9)
    report = asyncio.run(ingest_saved(settings, folder))
    assert (report.state, report.sources[0].read) == ("done", 2)
    kept = {url for (url,) in ask(settings.archive, "SELECT listed_url FROM articles")}
    assert kept == {"https://nobody.example/\ufffd", "file:///b\ufffd.html"}


def test_an_empty_folder_is_told_as_one_run_of_nothing(tmp_path):
    (tmp_path / "saved").mkdir()
    report = asyncio.run(ingest_saved(sample_settings(tmp_path / "archive", 9), tmp_path / "saved"))
    assert [(one.source, one.listed) for one in report.sources] == [(NO_SOURCE, 0)]
