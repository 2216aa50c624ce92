"""The catalogue made anew from the shelves alone, compared with the lost one table by table."""

import asyncio
import gzip
import os
import shutil
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
from warehouse.record import raw_record
from warehouse.shelf import members

PAPERS = ("sen_corniche", "mrt_oualata")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TABLES = (
    "captures", "shelf_records", "fetches", "feeds", "articles", "article_revisions", "quotations", "related_links", "reports", "report_participants",
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
    assert {name: rows for name, rows in contents(archive).items() if name != "validators"} == {name: rows for name, rows in told.items() if name != "validators"}
    assert not (archive / ASIDE).exists() and not list(check_shelves(ingested, Stocktaking()))
    again = rebuild_catalogue(ingested, tell=print)
    assert again.moved_to.is_file() and not differences(tables(archive), wanted)


def environment(settings):
    return {"CHANCERY_SOURCES": str(settings.sources[0]), "CHANCERY_PACKAGED_SOURCES": "false", "CHANCERY_LIMITS_JOBS": "1"}


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
    process = subprocess.Popen([sys.executable, "-c", code, str(archive), str(Path(__file__).parent)], stdout=subprocess.PIPE, text=True)
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


def test_pages_of_before_metadata_records_get_the_word_of_their_feeds(ingested, tmp_path):
    """Bug caught: a day that only the feed told was lost where the catalogue was."""
    shutil.copytree(ingested.archive, tmp_path / "archive")
    old = sample_settings(tmp_path / "archive", 9)
    for path in sorted(old.shelves.glob("*/*.warc.gz")):
        with path.open("rb") as stream:
            kept = [data for _, _, data in members(stream, 0) if raw_record(data).type in ("warcinfo", "response")]
        path.write_bytes(b"".join(gzip.compress(data) for data in kept))
    wanted = ask(old.archive, "SELECT a.url, published_on, published_basis FROM article_revisions JOIN articles AS a USING (article_id) WHERE published_basis = 'feed' ORDER BY ALL")
    rebuild_catalogue(old, tell=print)
    found = ask(old.archive, "SELECT a.url, published_on, published_basis FROM article_revisions JOIN articles AS a USING (article_id) WHERE published_basis = 'feed' ORDER BY ALL")
    assert found == wanted != []
