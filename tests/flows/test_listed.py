"""A list of addresses in the place of the feeds: each under its source and its manners, bad lines as rows with reasons."""

import asyncio
import io
import subprocess
import sys
from pathlib import Path

import pytest
from archives import ask, sample_settings
from guests import HereAndNow

from flows.discover.listed import read_list
from flows.errors import RunError
from flows.listed import listed_order
from flows.newsroom import Newsroom
from flows.run import run_ingest

CHANCERY = Path(sys.executable).with_name("chancery")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "http://a.example/1\n\n# a remark\n  http://a.example/2  \r\n",
            [(1, "http://a.example/1", None), (4, "http://a.example/2", None)],
        ),
        ("\ufeffurl\nhttp://a.example/1\n", [(2, "http://a.example/1", None)]),
        ('title,URL\n"a, b",http://a.example/1\nc,\n', [(2, "http://a.example/1", None), (3, "", None)]),
        ("url;source\nhttp://a.example/1?x=1,2;mli_x\n", [(2, "http://a.example/1?x=1,2", "mli_x")]),
        ("day\turl\n2026\thttp://a.example/1\n2026\n", [(2, "http://a.example/1", None), (3, "", None)]),
        ("http://a.example/url,2\n", [(1, "http://a.example/url,2", None)]),
        ("", []),
    ],
)
def test_lines_and_csv_are_read(text, rows):
    found = list(read_list(io.StringIO(text, newline="")))
    assert [(row.line, row.url, row.source) for row in found] == rows
    assert [row.problem is None for row in found] == [bool(row[1]) for row in rows]


def test_a_binary_file_is_lines_that_are_no_addresses():
    text = io.TextIOWrapper(io.BytesIO(bytes(range(256)) * 300), encoding="utf-8-sig", errors="replace")
    assert all(len(row.url) <= 20_000 for row in read_list(text))


@pytest.fixture
def room():
    with Newsroom() as newsroom:
        yield newsroom


@pytest.fixture
def settings(room, tmp_path, monkeypatch):
    monkeypatch.setattr("flows.desk.ReadingPool", HereAndNow)
    return sample_settings(tmp_path / "archive", room.port)


def test_addresses_go_to_their_sources_and_bad_lines_become_rows(room, settings):
    urls = [room.site.url(story) for story in room.site.stories]
    mine = [url for url in urls if "la-corniche" in url][:2]
    lines = [
        mine[0], f"{mine[0]}?utm_source=list", mine[1].replace("http://", "http://www."), f"http://{mine[1].split('/')[2]}/no-such-page",
        "no address", "ftp://la-corniche.example/x", "http://stranger.example/1", "http://me:word@la-corniche.example/a", "http://[::1",
    ]  # fmt: skip
    order = listed_order(settings, lines, place="list.txt")
    assert {name: len(entries) for name, entries in order.listed.items()} == {"sen_corniche": 4}
    assert [line.reason.split(":")[0] for line in order.unlisted] == ["line 5", "line 6", "line 7", "line 9"]
    report = asyncio.run(run_ingest(settings, order))
    (source,) = report.sources
    assert (source.source, source.listed, source.read, report.state) == ("sen_corniche", 4, 1, "done")
    assert {path for host, path, _ in room.requests if host == "la-corniche.example"} >= {
        "/robots.txt",
        "/.well-known/tdmrep.json",
    }
    assert not [path for _, path, _ in room.requests if "feed" in path]
    rejects = ask(settings.archive, "SELECT stage, url, reason FROM rejects WHERE level = 'page' ORDER BY ALL")
    assert [stage for stage, _, _ in rejects] == ["discover"] * 4 + ["fetch"] * 3
    assert any("no declared source has the host stranger.example" in reason for _, _, reason in rejects)
    everything = str(
        ask(
            settings.archive,
            "SELECT (SELECT list(r) FROM rejects AS r), (SELECT list(f) FROM fetches AS f), (SELECT list(n) FROM runs AS n)",
        )
    )
    assert "word" not in everything and "***@la-corniche.example" in everything
    assert "list.txt" in ask(settings.archive, "SELECT parameters FROM runs")[0][0]
    room.forget_requests()
    again = asyncio.run(run_ingest(settings, listed_order(settings, lines[:2], place="list.txt")))
    assert again.summary["fetched"] == 0 and not room.requests, "what the archive holds is not asked for again"


def test_a_named_source_takes_every_address_and_an_empty_list_asks_nobody(room, settings):
    order = listed_order(settings, ["http://elsewhere.example/1", "url"], place="-", source="mli_hombori")
    assert [entry.url for entry in order.listed["mli_hombori"]] == ["http://elsewhere.example/1"] and len(
        order.unlisted
    ) == 1
    with pytest.raises(RunError, match="no source of this name"):
        listed_order(settings, [], place="-", source="mli_none")
    report = asyncio.run(run_ingest(settings, listed_order(settings, ["nothing"], place="-")))
    assert report.sources == () and not room.requests
    assert ask(settings.archive, "SELECT count(*) FROM rejects") == [(1,)]


def test_the_command_line_takes_a_list_from_standard_input(room, tmp_path):
    url = next(room.site.url(story) for story in room.site.stories if story.paper == "mli_hombori")
    (tmp_path / "chancery.toml").write_text(
        f'newsroom = "127.0.0.1:{room.port}"\npackaged_sources = false\nsources = ["{Newsroom.sources_folder}"]\n',
        encoding="utf-8",
    )
    done = subprocess.run(
        [CHANCERY, "ingest", "--urls", "-", "--dry-run", "--json"],
        input=f"url\n{url}\nx\n",
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0 and url in done.stdout and "1 lines can't be taken" in done.stderr, done.stderr
    assert not [path for _, path, _ in room.requests], "a dry run of a list asks nobody"
