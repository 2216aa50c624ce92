"""The catalogue made anew from the shelves alone, compared with the lost one table by table."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from archives import ask, contents, differences, sample_settings
from typer.testing import CliRunner

from flows.cli import app
from flows.desk import Order
from flows.newsroom import Newsroom
from flows.rebuilding import ASIDE, rebuild_catalogue
from flows.run import run_ingest
from flows.shelves import Stocktaking, check_shelves
from warehouse import Stacks

PAPERS = ("sen_corniche", "mrt_oualata")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TABLES = (
    "captures", "shelf_records", "fetches", "feeds", "articles", "article_addresses", "article_revisions", "quotations", "related_links", "reports", "report_participants",
    "report_topics", "report_cities", "report_agreements", "report_outcomes", "evidence", "rejects",
)  # fmt: skip
"""All that is read from pages and requests: equal to the last column."""


def tables(archive):
    return {name: ask(archive, f"SELECT * FROM {name} ORDER BY ALL") for name in TABLES}


@pytest.fixture(scope="module")
def ingested(tmp_path_factory):
    """Two runs: all is new; one page changed, the others did not, one host is ill."""
    with Newsroom() as room:
        settings = sample_settings(tmp_path_factory.mktemp("rebuild") / "archive", room.port)
        asyncio.run(run_ingest(settings, Order(PAPERS), now=lambda: NOON))
        slug = next(story.slug for story in room.site.stories if story.paper == "sen_corniche")
        room.touch(slug, "Le communiqué final a été publié dans la soirée.")
        room.refuse("oualata-info.example", 500)
        asyncio.run(run_ingest(settings, Order(PAPERS), now=lambda: NOON + timedelta(hours=5)))
    return settings


def test_the_rebuilt_catalogue_is_equal_in_all_that_is_read(ingested):
    archive = ingested.archive
    wanted, told = tables(archive), contents(archive)
    assert wanted["shelf_records"] and wanted["rejects"]
    ingested.catalogue.rename(archive / "lost.duckdb")
    done = CliRunner().invoke(app, ["shelves", "rebuild", "--archive", str(archive)], env=environment(ingested))
    assert done.exit_code == 0, done.output
    assert not differences(tables(archive), wanted)
    assert {name: rows for name, rows in contents(archive).items() if name != "validators"} == {
        name: rows for name, rows in told.items() if name != "validators"
    }
    assert not (archive / ASIDE).exists() and not list(check_shelves(ingested, Stocktaking()))
    again = rebuild_catalogue(ingested, tell=print)
    assert again.moved_to.is_file() and not differences(tables(archive), wanted)


def environment(settings):
    return {
        "CHANCERY_SOURCES": str(settings.sources[0]),
        "CHANCERY_PACKAGED_SOURCES": "false",
        "CHANCERY_LIMITS_JOBS": "1",
    }


def test_a_rebuild_that_is_killed_goes_on_and_the_old_catalogue_stands_until_the_new_is_whole(ingested):
    archive = ingested.archive
    wanted, before = tables(archive), ingested.catalogue.read_bytes()
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2]); from archives import sample_settings; import flows.rebuilding as r\n"
        "r.BATCH = 3\n"
        "def advance(n):\n"
        "    print(n, flush=True)\n"
        "r.rebuild_catalogue(sample_settings(Path(sys.argv[1]), 9), tell=print, advance=advance)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(archive), str(Path(__file__).parent)], stdout=subprocess.PIPE, text=True
    )
    for _ in range(12):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=30)
    process.stdout.close()
    time.sleep(0.2)
    assert (archive / ASIDE).exists() and ingested.catalogue.read_bytes() == before
    told = []
    report = rebuild_catalogue(ingested, tell=told.append)
    assert "going on" in told[0] and 0 < report.pages < len({row[0] for row in wanted["captures"]})
    assert not differences(tables(archive), wanted)
    assert os.path.exists(report.moved_to)


def test_pages_of_before_metadata_records_get_the_word_of_their_feeds(tmp_path):
    """Bug caught: a day that only the feed told was lost where the catalogue was."""
    settings, url = sample_settings(tmp_path / "archive", 9), "http://hombori-depeches.example/visite"
    feed = f"<rss version='2.0'><channel><item><link>{url}</link><title>Une visite</title><pubDate>Tue, 04 Mar 2025 08:00:00 GMT</pubDate></item></channel></rss>"
    page = (
        "<html lang='fr'><title>Une visite</title><article><h1>Une visite</h1>"
        + "<p>Le ministre a parlé des récoltes et de la pluie.</p>" * 20
        + "</article></html>"
    )
    with Stacks(settings.shelves) as stacks:
        for kind, address, body in (("feed", "http://hombori-depeches.example/feed", feed), ("page", url, page)):
            stacks.put(
                url=address,
                final_url=address,
                status=200,
                headers=(),
                body=body.encode(),
                captured_at=NOON,
                source="mli_hombori",
                kind=kind,
            )
    rebuild_catalogue(settings, tell=print)
    assert ask(settings.archive, "SELECT CAST(published_on AS VARCHAR), published_basis FROM article_revisions") == [
        ("2025-03-04", "feed")
    ]
