"""The shelves from the command line: checked after a real run, and what is wrong is said with what to do."""

import asyncio
import json
import os
import shutil

import duckdb
import pytest
from archives import PAPERS, ask, sample_settings
from typer.testing import CliRunner

import flows.shelves
from flows.cli import app
from flows.desk import Order
from flows.newsroom import Newsroom
from flows.run import run_ingest
from flows.shelves import Stocktaking, check_shelves
from warehouse import Stacks, open_catalogue, shelf_files

LOOKS = "SELECT url, etag, last_modified FROM validators SEMI JOIN (SELECT url FROM captures WHERE kind = 'page') USING (url)"


@pytest.fixture
def settings(shelved, tmp_path):
    """A copy that a test may spoil."""
    shutil.copytree(shelved.archive, tmp_path / "archive")
    return sample_settings(tmp_path / "archive", 9)


def chancery(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def files(settings):
    return [settings.shelves / file.name for file in shelf_files(settings.shelves)]


def test_shelves_of_a_real_run_are_found_whole(shelved):
    total = Stocktaking()
    assert not list(check_shelves(shelved, total))
    assert total.captures > 15 and total.records > total.captures and total.files >= 1
    done = chancery("shelves", "check", "--archive", shelved.archive)
    assert done.exit_code == 0 and f"{total.captures} captures" in done.stderr and "no findings" in done.stderr, (
        done.output
    )


def test_a_run_that_finds_nothing_new_leaves_whole_shelves_that_no_run_walks_again(shelved, tmp_path):
    archive = tmp_path / "archive"
    with Newsroom() as room:
        settings = sample_settings(archive, room.port)
        asyncio.run(run_ingest(settings, Order(PAPERS[:1])))
        again = asyncio.run(run_ingest(settings, Order(PAPERS[:1])))
    assert again.recovered == 0 and not list(check_shelves(settings, Stocktaking()))
    assert ask(archive, "SELECT DISTINCT outcome FROM shelf_records") == [("not_modified",)]
    with open_catalogue(settings.catalogue) as catalogue, Stacks(settings.shelves) as stacks:
        assert not list(stacks.documents(after=catalogue.shelved()))
        after_a_kill = {path.relative_to(settings.shelves).as_posix() for path in files(settings)}
    assert after_a_kill == {
        name for (name,) in ask(archive, "SELECT shelf_file FROM captures UNION SELECT shelf_file FROM shelf_records")
    }


def test_what_a_killed_run_shelved_gives_the_rows_that_it_would_have_loaded(settings):
    lost = ("captures", "shelf_records", "fetches", "validators", "rejects")
    wanted = {
        table: ask(
            settings.archive,
            f"SELECT * FROM {table} WHERE source IS NOT NULL ORDER BY ALL" if table != "validators" else LOOKS,
        )
        for table in lost
    }
    with duckdb.connect(str(settings.catalogue)) as connection:
        for table in lost:
            connection.execute(f"DELETE FROM {table}")
    with Newsroom() as room:
        asyncio.run(run_ingest(sample_settings(settings.archive, room.port), Order(PAPERS[:1])))
    for table in ("captures", "fetches"):
        assert set(wanted[table]) <= set(ask(settings.archive, f"SELECT * FROM {table}")), table
    assert set(wanted["validators"]) <= set(ask(settings.archive, LOOKS))


def test_what_sites_say_of_their_house_is_shelved(shelved):
    kinds = dict(ask(shelved.archive, "SELECT kind, count(*) FROM captures GROUP BY kind"))
    assert kinds["robots"] >= len(PAPERS) and kinds["page"] > 5
    with Stacks(shelved.shelves) as stacks:
        rules = [capture for _, capture in stacks.walk() if capture.kind == "robots"]
    assert all(b"User-agent" in rule.body or b"user-agent" in rule.body for rule in rules) and rules[0].asked.run_id


def test_what_is_wrong_is_told_with_what_to_do_and_exit_code_one(settings):
    path = files(settings)[0]
    os.truncate(path, path.stat().st_size - 5)
    done = chancery("shelves", "check", "--json", "--archive", settings.archive)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 1 and {row["problem"] for row in rows} >= {"broken_tail"}
    assert all(row["what to do"] and row["file"] for row in rows)
    table = chancery("shelves", "check", "--archive", settings.archive)
    assert table.exit_code == 1 and "broken_tail" in table.stdout


def test_a_file_of_which_only_the_index_knows_is_found(settings):
    files(settings)[0].unlink()
    assert [finding.problem for finding in check_shelves(settings, Stocktaking())] == ["file_missing"]


def test_without_shelves_it_says_so(tmp_path):
    done = chancery("shelves", "check", "--archive", tmp_path)
    assert done.exit_code == 1 and "chancery ingest" in done.stderr


@pytest.mark.slow
def test_several_processes_find_the_same(settings, monkeypatch):
    monkeypatch.setattr(flows.shelves, "FEW_BYTES", 0)
    [path] = files(settings)
    with path.open("r+b") as stream:
        stream.seek(2000)
        stream.write(b"\xff" * 9)
    alone = list(check_shelves(settings, Stocktaking()))
    two = sample_settings(settings.archive, 9, jobs=2)
    assert alone and list(check_shelves(two, Stocktaking())) == alone
