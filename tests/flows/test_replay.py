"""The sample newsroom read again from its shelves: equal where nothing changed, told where it did, no network at all."""

import asyncio
import dataclasses
import json
import shutil
from datetime import date

import pytest
from archives import ask, contents, differences, sample_settings
from typer.testing import CliRunner

import flows.replaying as replaying
from flows.cli import app
from flows.desk import Order
from flows.errors import RunError
from flows.newsroom import Newsroom
from flows.replaying import ReplayOrder, accept_staged, count_pages, discard_staged, replay_difference, stage_replay
from flows.run import run_ingest

PAPER, OTHER = "sen_corniche", "mli_hombori"


def tell(line):
    """Nobody listens."""


@pytest.fixture(scope="module")
def ingested(tmp_path_factory):
    """An archive of two papers, one of which had a layout that read the wrong headline."""
    folder = tmp_path_factory.mktemp("replay")
    shutil.copytree(Newsroom.sources_folder, folder / "sources")
    declared = folder / "sources" / f"{PAPER}.toml"
    right = declared.read_text(encoding="utf-8")
    declared.write_text(right + '\n[[layout]]\nheadline = "footer, .footer, #footer, nav"\n', encoding="utf-8")
    with Newsroom() as room:
        settings = dataclasses.replace(sample_settings(folder / "archive", room.port), sources=(folder / "sources",))
        asyncio.run(run_ingest(settings, Order((PAPER, OTHER))))
    declared.write_text(right, encoding="utf-8")
    return dataclasses.replace(settings, newsroom="127.0.0.1:9")  # nobody answers there


@pytest.fixture
def settings(ingested, tmp_path):
    shutil.copytree(ingested.archive, tmp_path / "archive")
    return dataclasses.replace(ingested, archive=tmp_path / "archive")


def test_pages_are_read_as_they_were_when_they_came_and_only_the_mended_field_differs(settings):
    before = contents(settings.archive)
    report = stage_replay(settings, ReplayOrder(), tell=tell)
    [(pages,)] = ask(settings.archive, "SELECT count(*) FROM captures WHERE kind = 'page'")
    assert (report.pages, report.before, report.unread) == (pages, 0, 0) and pages == count_pages(
        settings, ReplayOrder(), tell
    ) > 5
    found = replay_difference(settings, tell=tell)
    assert {row["field"] for row in found.changes} >= {"headline"} and {row["source"] for row in found.changes} == {
        PAPER
    }
    assert not {row["field"] for row in found.changes} & {"body", "published_on", "byline", "language", "address"}, (
        found.changes
    )
    assert differences(contents(settings.archive), before) == {}, "a replay changed the archive before it was accepted"

    accept_staged(settings, tell=tell)
    [(shelved, mended)] = ask(
        settings.archive,
        f"SELECT count(*), count(*) FILTER (read_at IS NOT NULL) FROM articles JOIN article_revisions ON current_revision_id = revision_id WHERE source = '{PAPER}'",
    )
    assert shelved == mended > 2
    assert ask(settings.archive, "SELECT kind, state FROM runs ORDER BY started_at DESC LIMIT 1") == [
        ("replay", "done")
    ]
    assert not settings.replay.exists() and not list(settings.archive.glob("replay.duckdb*"))
    stage_replay(settings, ReplayOrder(), tell=tell)
    assert replay_difference(settings, tell=tell).changes == [], "what was accepted is read the same again"


def test_a_replay_that_was_broken_off_goes_on_where_it_was(settings):
    """Broken off after its first batch, as a kill does; the rest is read, nothing twice, and the outcome is the same."""
    settings = dataclasses.replace(settings, limits=dataclasses.replace(settings.limits, batch_pages=2))

    class Killed(BaseException):
        pass

    def advance(pages, seen=[0]):  # noqa: B006  the counter of this call
        seen[0] += pages
        if seen[0] == 4:
            raise Killed

    with pytest.raises(Killed):
        stage_replay(settings, ReplayOrder(), tell=tell, advance=advance)
    with pytest.raises(RunError, match="broken off"):
        accept_staged(settings, tell=tell)
    report = stage_replay(settings, ReplayOrder(), tell=tell)
    assert report.before == 4 and report.pages == count_pages(settings, ReplayOrder(), tell) - 4
    found = replay_difference(settings, tell=tell)
    assert found.totals["pages"] == report.before + report.pages and {row["source"] for row in found.changes} == {PAPER}


def test_a_part_is_named_by_source_and_day(settings):
    [(day, pages)] = ask(
        settings.archive,
        f"SELECT max(captured_at)::DATE, count(*) FROM captures WHERE kind = 'page' AND source = '{OTHER}'",
    )
    assert count_pages(settings, ReplayOrder((OTHER,), since=day, until=day), tell) == pages > 0
    assert count_pages(settings, ReplayOrder((OTHER,), until=date(2020, 1, 1)), tell) == 0
    assert stage_replay(settings, ReplayOrder((OTHER,)), tell=tell).pages == pages
    with pytest.raises(RunError, match=r"another replay waits .*--discard"):
        stage_replay(settings, ReplayOrder((PAPER,)), tell=tell)
    with pytest.raises(RunError, match="nobody_paper: looked for its pages"):
        stage_replay(settings, ReplayOrder(("nobody_paper",)), tell=tell)
    assert discard_staged(settings) and not discard_staged(settings)


def test_other_readers_begin_again(settings, monkeypatch):
    stage_replay(settings, ReplayOrder((OTHER,)), tell=tell)
    lines = []
    monkeypatch.setattr(replaying.extractors, "coder_version", lambda: "2-00000000")
    report = stage_replay(settings, ReplayOrder((OTHER,)), tell=lines.append)
    assert report.before == 0 < report.pages and any("begins again" in line for line in lines)


def test_a_source_that_is_not_declared_is_told(settings, tmp_path):
    """Bug caught: the demo's archive, replayed with other settings, showed differences and not why."""
    lines = []
    (tmp_path / "none").mkdir()
    stage_replay(dataclasses.replace(settings, sources=(tmp_path / "none",)), ReplayOrder((OTHER,)), tell=lines.append)
    assert [line for line in lines if line.startswith(f"{OTHER}: not declared")], lines


def test_a_capture_that_is_lost_is_told_and_the_rest_is_read(settings):
    [(file,)] = ask(
        settings.archive, f"SELECT DISTINCT shelf_file FROM captures WHERE kind = 'page' AND source = '{OTHER}' LIMIT 1"
    )
    (settings.shelves / file).write_bytes(b"")
    report = stage_replay(settings, ReplayOrder((OTHER,)), tell=tell)
    assert report.unread == report.pages > 0
    found = replay_difference(settings, tell=tell)
    assert {row["field"] for row in found.changes} == {"page"} and "shelfmark is wrong" in found.examples[0]["new"]
    accept_staged(settings, tell=tell)
    assert ask(settings.archive, "SELECT count(*) FROM articles WHERE current_revision_id IS NULL") == [(0,)], (
        "a page that can't be read now keeps its reading"
    )


def test_the_command_line_reads_shows_and_accepts(settings, monkeypatch, tmp_path):
    monkeypatch.setenv("CHANCERY_ARCHIVE", str(settings.archive))
    monkeypatch.setenv("CHANCERY_SOURCES", str(settings.sources[0]))
    monkeypatch.setenv("CHANCERY_NEWSROOM", "127.0.0.1:9")

    def chancery(*words):
        done = CliRunner().invoke(app, ["replay", *words])
        return done.exit_code, done.stdout, done.stderr

    code, _, said = chancery("--diff")
    assert code == 1 and "run `chancery replay` first" in said
    assert chancery("--accept")[0] == 1 and chancery("--diff", "--accept")[0] == 2 and chancery(PAPER, "--diff")[0] == 2
    code, out, said = chancery("--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and "nothing was changed yet" in said and {row["source"] for row in rows} == {PAPER}
    assert any("compared" in row for row in rows) and any("old" in row for row in rows)
    code, out, said = chancery("--accept", "--json")
    assert code == 0 and json.loads(out)["wordings_new"] > 2
    assert "no replay waits" in chancery("--discard")[2]
