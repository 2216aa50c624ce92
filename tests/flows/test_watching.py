"""What an operator must do today, and whether everything that a run needs is in order."""

import json
import os
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock
from typer.testing import CliRunner

import flows.cli
import flows.doctor as doctor
from extractors import Source
from flows.holding import held_locks, lock_files
from flows.settings import Settings
from flows.states import ask_catalogue
from flows.watching import ask_watch, to_do, verdict
from warehouse import CatalogueError, CatalogueVersionError, Stacks, look_into, open_catalogue, publish

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PAPERS = {
    name: Source(
        name=name,
        title=name,
        country="MLI",
        language="fr",
        kind="newspaper",
        home=f"https://{name}.example/",
        verified=True,
    )
    for name in ("mli_a", "mli_b")
}
UNVERIFIED = {"mli_c": replace(PAPERS["mli_a"], name="mli_c", verified=False)}


def row(source):
    return {"name": source.name, "title": source.title, "country": source.country, "language": source.language, "kind": source.kind, "home": source.home, "note": None, "verified": True, "is_sample": False, "expect_least": None, "expect_most": None}  # fmt: skip


def article(name, day, n):
    at = NOW + day * DAY
    url = f"https://{name}.example/{day}-{n}"
    record = {
        "headline": "Titre",
        "body": "Un texte. " * 20,
        "byline": ["Awa Traoré-Sidibé"],
        "published_on": str(at.date()),
        "language": "fr",
        "visits": [],
    }
    return {
        "url": url,
        "source": name,
        "captured_at": at,
        "digest": None,
        "listed_url": url,
        "reader_version": "1",
        "coder_version": "1",
        "record": record,
    }


def line(run, name, **values):
    counts = {"listed": 9, "new": 3, "unchanged": 6, "fetched": 3, "read": 3, "visits": 0, "rejects": 0, "seconds": 1.0}
    return {"run_id": run, "source": name, **counts, "state": "done", "note": None, **values}


@pytest.fixture
def settings(tmp_path):
    return Settings(archive=tmp_path / "archive", packaged_sources=False)


def run_days(settings, first, last, **states):
    """A run on each day, all papers with three articles unless `states` says otherwise."""
    with open_catalogue(settings.catalogue) as catalogue:
        catalogue.register_sources([row(paper) for paper in PAPERS.values()])
        days = range(first, last + 1)
        for day in days:
            catalogue.begin_run(f"r{day}", "ingest", NOW + day * DAY, {})
        lines = [line(f"r{day}", name, **states.get(name, {})) for day in days for name in PAPERS]
        readings = [article(name, day, n) for day in days for name in PAPERS if name not in states for n in range(3)]
        catalogue.load({"readings": readings, "run_sources": lines})
        for day in days:
            catalogue.end_run(f"r{day}", NOW + day * DAY + timedelta(minutes=5), "done", {})


def today(settings, declared=PAPERS, now=NOW):
    watch = ask_catalogue(
        settings, lambda catalogue: ask_watch(catalogue, now, runs=10, reasons=10), empty=None, tell=str
    )
    items = [item for item in to_do(watch, settings, declared, now) if item.what != "disk"]
    return items, verdict(items, watch)


def test_where_all_is_well_the_verdict_says_so(settings):
    run_days(settings, -10, 0)
    items, told = today(settings)
    assert items == [] and told.startswith("all is well · 2 sources · last run 2026-03-20 12:00Z")


def test_a_source_that_fails_is_told_since_when_with_its_note(settings):
    run_days(settings, -12, -3)
    run_days(
        settings,
        -2,
        0,
        mli_b={"state": "failed", "note": "its feed is gone", "listed": 0, "new": 0, "fetched": 0, "read": 0},
    )
    items, told = today(settings)
    failing = next(item for item in items if item.what == "failing")
    assert (failing.who, failing.since, failing.detail, failing.look_closer) == (
        "mli_b",
        NOW - 2 * DAY,
        "its feed is gone",
        "chancery check mli_b",
    )
    assert "1 failing" in told
    assert [item.what for item in today(settings, {"mli_a": PAPERS["mli_a"]})[0]] == [], (
        "who is no longer declared is left in peace"
    )


def test_a_silence_and_what_could_not_be_read_are_told_with_a_command(settings):
    run_days(settings, -20, -5)
    run_days(settings, -4, 0, mli_b={"listed": 9, "new": 0, "fetched": 0, "read": 0})
    reject = {
        "run_id": "r0",
        "source": "mli_a",
        "url": "https://mli_a.example/x",
        "level": "page",
        "stage": "read",
        "reason": "no text",
        "captured_at": NOW,
        "shelf_file": "2026-03/a.warc.gz",
        "shelf_offset": 1024,
    }
    with open_catalogue(settings.catalogue) as catalogue:
        catalogue.load({"rejects": [reject, {**reject, "captured_at": NOW - 30 * DAY, "reason": "long ago"}]})
    items, told = today(settings, {**PAPERS, **UNVERIFIED})
    assert [item.what for item in items] == ["silent", "rejects", "unverified"]
    silent, rejects, unverified = items
    assert (silent.who, silent.since) == ("mli_b", "2026-03-16") and "nothing_new" in silent.detail
    assert rejects.look_closer == "chancery check https://mli_a.example/x" and "a.warc.gz at 1024" in rejects.detail
    assert unverified.look_closer == "chancery check mli_c --verify" and told.startswith("1 to do: 1 silent")


def test_a_killed_run_is_told_until_the_next_one_has_ended(settings):
    run_days(settings, -3, -1)
    with open_catalogue(settings.catalogue) as catalogue:
        catalogue.begin_run("dead", "ingest", NOW - timedelta(hours=1), {})
    assert [item.what for item in today(settings)[0]] == ["killed"]
    (settings.archive / "locks").mkdir()
    with FileLock(settings.archive / "locks" / "mli_a.lock"):
        assert today(settings)[0] == [], "somebody is at work"
    run_days(settings, 0, 0)
    assert today(settings)[0] == []


def test_a_run_that_broke_off_as_a_whole_is_told_with_its_reason(settings):
    run_days(settings, -3, -1)
    with open_catalogue(settings.catalogue) as catalogue:
        catalogue.begin_run("full", "ingest", NOW, {})
        catalogue.end_run("full", NOW, "failed", {"error": "no room left on the disk"})
    [item] = today(settings)[0]
    assert (item.what, item.detail) == ("broken off", "no room left on the disk")


def test_papers_of_a_sample_archive_need_no_declaration(settings):
    with open_catalogue(settings.catalogue) as catalogue:
        catalogue.register_sources([{**row(PAPERS["mli_a"]), "is_sample": True}])
        catalogue.begin_run("r", "ingest", NOW, {})
        catalogue.load({"run_sources": [line("r", "mli_a", state="failed", note="refused")]})
        catalogue.end_run("r", NOW, "failed", {})
    assert [(item.what, item.who) for item in today(settings, UNVERIFIED)[0]] == [("failing", "mli_a")]


def test_a_schedule_that_stands_still_is_told(settings):
    run_days(settings, -3, 0)
    [item] = today(settings, now=NOW + 2 * DAY)[0]
    assert item.what == "overdue" and "2 days" in item.detail


def test_a_full_disk_comes_first(settings, monkeypatch):
    run_days(settings, -1, 0)
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("Usage", (), {"free": 1000})())
    watch = ask_catalogue(
        settings, lambda catalogue: ask_watch(catalogue, NOW, runs=1, reasons=1), empty=None, tell=str
    )
    items = to_do(watch, settings, PAPERS, NOW)
    assert items[0].what == "disk" and items[0].is_urgent
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("Usage", (), {"free": 40_000_000_000})())
    assert to_do(watch, settings, PAPERS, NOW) == []
    wary = replace(settings, keep=replace(settings.keep, least_free_bytes=50_000_000_000))
    assert [item.is_urgent for item in to_do(watch, wary, PAPERS, NOW)] == [True], "as the operator's settings say"
    assert state_of(wary, "disk").state == "fail"


def test_the_verb_prints_verdict_list_and_runs(settings, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run_days(settings, -2, 0)
    done = CliRunner().invoke(flows.cli.app, ["status", "--archive", str(settings.archive), "--json"])
    rows = [json.loads(text) for text in done.stdout.splitlines()]
    assert done.exit_code == 0 and "verdict" in rows[0]
    assert {item["what"] for item in rows if "what" in item} <= {"unverified", "overdue", "disk"}
    assert len([item for item in rows if "run" in item]) == 3


# ---------------------------------------------------------------- an archive that may only be read


@pytest.fixture
def closed(settings):
    """The archive on a file system that can't be written."""
    settings.archive.mkdir()

    def mount(*words):
        return subprocess.run(["mount", *map(str, words)], capture_output=True, timeout=30).returncode == 0

    if os.geteuid() != 0 or not mount("-t", "tmpfs", "-o", "size=64m", "tmpfs", settings.archive):
        pytest.skip("a file system can only be mounted by root")
    yield lambda: mount("-o", "remount,ro", settings.archive)
    subprocess.run(["umount", "-l", settings.archive], check=True, timeout=30)


def test_status_looks_into_an_archive_that_may_only_be_read(closed, settings, tmp_path, monkeypatch):
    run_days(settings, -2, 0)
    assert closed()
    with look_into(settings.catalogue) as catalogue:
        assert len(catalogue.last_runs()) == 3 and catalogue.silences() == []
        with pytest.raises(CatalogueError):
            catalogue.begin_run("x", "ingest", NOW, {})
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(flows.cli.app, ["status", "--archive", str(settings.archive)])
    assert done.exit_code == 0 and "last runs" in done.output
    found = {check.check: check.state for check in examine(settings)}
    assert (found["archive"], found["catalogue"]) == ("fail", "ok")


def test_an_older_catalogue_that_may_only_be_read_is_named(closed, settings):
    with open_catalogue(settings.catalogue) as catalogue:
        catalogue.connection.execute("DELETE FROM migrations WHERE number = (SELECT max(number) FROM migrations)")
    assert closed()
    with pytest.raises(CatalogueVersionError, match="older Chancery"):
        look_into(settings.catalogue)


# ---------------------------------------------------------------- the doctor


@pytest.fixture(autouse=True)
def no_import_of_prefect(monkeypatch):
    """Its import takes seconds; one test lets it be."""
    monkeypatch.setattr(doctor, "_PREFECT_WORDS", ("-c", "print('3')"), raising=True)


def examine(settings, **values):
    return doctor.examine(settings, values.pop("now", NOW))


def state_of(settings, name, **values):
    return next(check for check in examine(settings, **values) if check.check == name)


def declare(settings, name="mli_a", **values):
    folder = settings.archive / "sources"
    folder.mkdir(parents=True, exist_ok=True)
    text = f'title = "{name}"\ncountry = "MLI"\nlanguage = "fr"\nkind = "newspaper"\nhome = "https://{name}.example/"\nverified = true\n'
    (folder / f"{name}.toml").write_text(text + values.get("more", ""), encoding="utf-8")


def shelved(settings, at=NOW):
    """One capture on the shelf and in the catalogue; gives its file."""
    with Stacks(settings.shelves) as stacks:
        url = "https://mli_a.example/1"
        mark = stacks.put(
            url=url, final_url=url, status=200, headers=(), body=b"<html>" * 50, captured_at=at, source="mli_a"
        )
        digest = stacks.get(mark).digest
    with open_catalogue(settings.catalogue) as catalogue:
        capture = {
            "url": url,
            "final_url": url,
            "source": "mli_a",
            "kind": "page",
            "captured_at": at,
            "status": 200,
            "digest": digest,
            "charset": None,
            "run_id": "r",
        }
        catalogue.load(
            {
                "captures": [
                    {**capture, "shelf_file": mark.file, "shelf_offset": mark.offset, "shelf_length": mark.length}
                ]
            }
        )
    return settings.shelves / mark.file


def test_a_sound_archive_is_well_in_every_point(settings):
    declare(settings)
    run_days(settings, -1, 0)
    shelved(settings)
    publish(settings.catalogue, settings.published)
    checks = examine(replace(settings, contact="mailto:desk@paper.example"))
    names = [
        "settings",
        "archive",
        "disk",
        "locks",
        "clock",
        "prefect",
        "sources",
        "catalogue",
        "shelves",
        "published file",
        "package data",
    ]
    assert [check.check for check in checks] == names
    assert [check for check in checks if check.state != "ok" and check.check != "disk"] == []


def test_an_archive_that_is_not_there_yet_fails_nothing(settings):
    assert {check.state for check in examine(settings) if check.check != "disk"} == {"ok", "warn"}


def test_each_trouble_is_named_with_its_remedy(settings, tmp_path):
    declare(settings)
    assert "mailto:" in state_of(settings, "settings").what_to_do
    shelf = shelved(settings, at=NOW + DAY)
    assert "ahead" in state_of(settings, "clock").looked_at
    shelf.write_bytes(shelf.read_bytes()[:-9])
    assert state_of(settings, "shelves").state == "fail"
    publish(settings.catalogue, settings.published)
    run_days(settings, 0, 0)
    behind = state_of(settings, "published file")
    assert (behind.state, behind.what_to_do) == ("warn", "chancery publish")
    declare(settings, more='[schedule]\ntimezone = "Mars/Olympus"\n')
    assert "Mars/Olympus" in state_of(settings, "clock", now=NOW + DAY).looked_at
    declare(settings, more='colour = "red"\n')
    assert state_of(settings, "sources").state == "fail" and "colour" in state_of(settings, "sources").looked_at
    settings.catalogue.write_bytes(b"no database" * 999)
    assert state_of(settings, "catalogue").state == "fail"


def test_who_holds_a_lock_is_told(settings, monkeypatch):
    run_days(settings, 0, 0)
    monkeypatch.setattr(doctor, "_BUSY_SECONDS", 0.1)
    with open_catalogue(settings.catalogue):
        held = held_locks(lock_files(settings))
        assert [path.name for path in held] == ["catalogue.duckdb.lock"]
        if Path("/proc/locks").exists():
            assert str(os.getpid()) in next(iter(held.values()))
        locks, catalogue = state_of(settings, "locks"), state_of(settings, "catalogue")
    assert locks.state == catalogue.state == "warn" and "catalogue.duckdb.lock" in locks.looked_at
    assert held_locks(lock_files(settings)) == {}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("-c", "raise ImportError('no such wheel')"), "no such wheel"),
        (("-c", "import time; time.sleep(9)"), "more than"),
    ],
)
def test_a_prefect_that_does_not_come_up_is_told(settings, monkeypatch, words, reason):
    monkeypatch.setattr(doctor, "_PREFECT_WORDS", words)
    monkeypatch.setattr(doctor, "_PREFECT_SECONDS", 2)
    check = state_of(settings, "prefect")
    assert check.state == "fail" and reason in check.looked_at


def test_versions_out_of_bounds_and_a_silent_server_are_told(settings, monkeypatch):
    monkeypatch.setattr(
        doctor.metadata,
        "version",
        lambda name: "99.0" if name == "fastapi" else "2.0.51" if name == "sqlalchemy" else "3.8.8",
    )
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    found = {check.check: check for check in examine(settings)}
    assert "fastapi 99.0" in found["prefect"].looked_at and found["prefect"].state == "fail"
    monkeypatch.undo()
    monkeypatch.setattr(doctor, "_PREFECT_WORDS", ("-c", "print('3')"))
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    assert state_of(settings, "prefect server").state == "fail"


def test_the_verb_ends_with_one_where_something_fails(settings, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    declare(settings)
    done = CliRunner().invoke(flows.cli.app, ["doctor", "--archive", str(settings.archive), "--json"])
    rows = [json.loads(text) for text in done.stdout.splitlines()]
    assert done.exit_code == 1 and {row["state"] for row in rows} >= {"ok", "fail"}
    assert all(row["what_to_do"] for row in rows if row["state"] == "fail")
