"""Backups: incremental, checked, whole whenever they are broken off, and taken beside a run."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from invented import HOURS, NOW, SOURCES, content, reading

from warehouse import BackupError, CatalogueBusyError, Stacks, back_up, check_backup, open_catalogue, restore

DAY = 24 * HOURS


def shelve(archive, *numbers, stacks=None):
    """Pages on the shelves and in the catalogue, as a run leaves them: shelf first, then rows."""
    own = stacks or Stacks(archive / "shelves")
    captures = []
    for n in numbers:
        url, at = f"https://a.example/{n}", NOW + n * HOURS
        mark = own.put(
            url=url, final_url=url, status=200, headers=(), body=os.urandom(3000), captured_at=at, source="mli_temoin"
        )
        captures.append(
            {
                "url": url,
                "final_url": url,
                "source": "mli_temoin",
                "kind": "page",
                "captured_at": at,
                "status": 200,
                "digest": own.get(mark).digest,
                "charset": None,
                "run_id": "r",
                "shelf_file": mark.file,
                "shelf_offset": mark.offset,
                "shelf_length": mark.length,
            }
        )
    own.sync()
    with open_catalogue(archive / "catalogue.duckdb") as catalogue:
        catalogue.load(
            {
                "captures": captures,
                "readings": [reading(row["url"], at=row["captured_at"], digest=row["digest"]) for row in captures],
            }
        )
    if stacks is None:
        own.close()


@pytest.fixture
def archive(tmp_path, empty_catalogue):
    """An archive with three pages, a source file, and what no backup needs."""
    path = tmp_path / "archive"
    path.mkdir()
    shutil.copy(empty_catalogue, path / "catalogue.duckdb")
    shelve(path, 1, 2, 3)
    (path / "sources").mkdir()
    (path / "sources" / "mli_a.toml").write_text('title = "A"\n')
    for name in ("locks/mli_a.lock", "prefect/prefect.db", "chancery.duckdb", ".chancery.duckdb.7.new"):
        (path / name).parent.mkdir(exist_ok=True)
        (path / name).write_text("made again")
    return path


def taken(archive, folder, **values):
    return back_up(
        archive, archive / "catalogue.duckdb", folder, NOW, leave_out=(archive / "chancery.duckdb",), **values
    )


def files_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def pages_of(archive):
    """Addresses in the catalogue whose bytes stand on the shelves as the catalogue says, and the catalogue's content."""
    with open_catalogue(archive / "catalogue.duckdb") as catalogue:
        marks = catalogue.last_captures([f"https://a.example/{n}" for n in range(1000)])
        rows = content(catalogue)
    stacks = Stacks(archive / "shelves")
    return {url for url, mark in marks.items() if stacks.get(mark).url == url}, rows


def test_what_was_backed_up_comes_back_as_it_was(archive, tmp_path):
    folder, back = tmp_path / "backup", tmp_path / "back"
    report = taken(archive, folder)
    assert (report.files, report.copied_files) == (3, 3) and report.bytes == report.copied_bytes
    restore(folder, back, NOW)
    assert set(files_of(back)) == {
        "catalogue.duckdb",
        "sources/mli_a.toml",
        *(name for name in files_of(archive) if name.endswith(".warc.gz")),
    }
    assert all(files_of(archive)[name] == data for name, data in files_of(back).items())
    assert pages_of(back) == pages_of(archive)
    assert check_backup(folder).files == 3


def test_only_what_is_new_is_copied(archive, tmp_path):
    folder = tmp_path / "backup"
    taken(archive, folder)
    assert taken(archive, folder).copied_bytes == 0
    with Stacks(archive / "shelves") as stacks:
        shelve(archive, 10, stacks=stacks)
        taken(archive, folder)
        size = next((archive / "shelves").glob("*/*.warc.gz")).stat().st_size
        shelve(archive, 11, stacks=stacks)
        report = taken(archive, folder)
        catalogue = (archive / "catalogue.duckdb").stat().st_size
        assert report.copied_files == 2 and report.copied_bytes - catalogue < size
    restore(folder, tmp_path / "back", NOW)
    assert pages_of(tmp_path / "back") == pages_of(archive) and len(pages_of(archive)[0]) == 5
    assert len(list((folder / "files").glob("catalogue*"))) == 1, "earlier catalogues are swept"


def test_a_file_that_was_rewritten_or_taken_away_leaves_the_backup(archive, tmp_path):
    folder = tmp_path / "backup"
    taken(archive, folder)
    shelf = next((archive / "shelves").glob("*/*.warc.gz"))
    secret = shelf.read_bytes()[1024:1500]
    shelf.write_bytes(shelf.read_bytes()[:1024] + os.urandom(5000))
    (archive / "sources" / "mli_a.toml").unlink()
    taken(archive, folder)
    assert not any(secret in data for data in files_of(folder).values()) and not any(
        "mli_a" in name for name in files_of(folder)
    )
    restore(folder, tmp_path / "back", NOW)
    assert files_of(tmp_path / "back")[shelf.relative_to(archive).as_posix()] == shelf.read_bytes()


DEATHS = {
    "before the list is written": "manifest.os.replace = lambda *a: os.kill(os.getpid(), signal.SIGKILL)",
    "while it sweeps": "backup._sweep = lambda *a: os.kill(os.getpid(), signal.SIGKILL)",
    "in the middle of a file": "backup._CHUNK = 512; true = backup._read; backup._read = lambda s, n, d, t: (true(s, n // 2, d, t), t and t.flush(), os.kill(os.getpid(), signal.SIGKILL)) if t and n else true(s, n, d, t)",
}


@pytest.mark.parametrize("moment", DEATHS)
def test_a_killed_backup_leaves_the_former_one_whole(archive, tmp_path, moment):
    folder = tmp_path / "backup"
    with Stacks(archive / "shelves") as stacks:
        shelve(archive, 10, stacks=stacks)
        taken(archive, folder)
        before = pages_of(archive)
        shelve(archive, 11, 12, stacks=stacks)
        code = (
            "import os, signal, sys, pathlib, datetime\nfrom warehouse import backup, manifest\n"
            f"{DEATHS[moment]}\n"
            "a, f = map(pathlib.Path, sys.argv[1:])\nbackup.back_up(a, a / 'catalogue.duckdb', f, datetime.datetime.now(datetime.UTC))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, str(archive), str(folder)], timeout=60, cwd=Path(__file__).parents[2]
        )
        assert done.returncode == -signal.SIGKILL
        check_backup(folder)
        restore(folder, tmp_path / "back", NOW)
        found = pages_of(tmp_path / "back")
        assert found in (before, pages_of(archive)) and (found == before or moment == "while it sweeps")
        taken(archive, folder)
    check_backup(folder)
    restore(folder, tmp_path / "again", NOW)
    assert pages_of(tmp_path / "again") == pages_of(archive)
    assert not list(folder.glob(".copying*"))


def test_a_backup_beside_a_run_holds_every_page_that_its_catalogue_tells(archive, tmp_path):
    folder, stop, made = tmp_path / "backup", threading.Event(), []

    def work():
        with Stacks(archive / "shelves") as stacks:
            for n in range(100, 900):
                shelve(archive, n, stacks=stacks)
                made.append(n)
                if stop.is_set():
                    return

    run = threading.Thread(target=work)
    run.start()
    try:
        for n in range(2):
            taken(archive, folder)
            shutil.rmtree(tmp_path / "back", ignore_errors=True)
            restore(folder, tmp_path / "back", NOW)
            urls, rows = pages_of(tmp_path / "back")
            assert len(urls) == len(rows["articles"]) >= 3 and len(urls) <= 3 + len(made)
            stacks = Stacks(tmp_path / "back" / "shelves")
            assert len(list(stacks.walk())) >= len(urls) and not stacks.damage, n
    finally:
        stop.set()
        run.join(60)
    taken(archive, folder)
    restore(folder, tmp_path / "last", NOW)
    assert pages_of(tmp_path / "last") == pages_of(archive)


def test_a_damaged_backup_is_named_and_restores_nothing(archive, tmp_path):
    folder = tmp_path / "backup"
    taken(archive, folder)
    shelf = next((folder / "files").rglob("*.warc.gz"))
    whole = shelf.read_bytes()
    shelf.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    for wrong in (lambda: check_backup(folder), lambda: restore(folder, tmp_path / "back", NOW)):
        with pytest.raises(BackupError, match="digest"):
            wrong()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "backup"]
    shelf.unlink()
    with pytest.raises(BackupError, match="missing"):
        check_backup(folder)
    taken(archive, folder)
    assert check_backup(folder).files == 3, "the next backup mends it"
    told = json.loads((folder / "manifest.json").read_text())
    told["files"][1]["path"] = "../../elsewhere"
    (folder / "manifest.json").write_text(json.dumps(told))
    with pytest.raises(BackupError, match="altered"):
        restore(folder, tmp_path / "back", NOW)


def test_nothing_is_overwritten_and_force_moves_aside(archive, tmp_path):
    folder, before = tmp_path / "backup", pages_of(archive)
    taken(archive, folder)
    shelve(archive, 50)
    with pytest.raises(BackupError, match="--force"):
        restore(folder, archive, NOW)
    with open_catalogue(archive / "catalogue.duckdb"), pytest.raises(BackupError, match="a run is at work"):
        restore(folder, archive, NOW, force=True)
    report = restore(folder, archive, NOW, force=True)
    assert pages_of(archive) == before
    assert (
        len(pages_of(report.moved_aside)[0]) == 4
        and report.moved_aside.name == "archive.before-restore-20260310T120000"
    )


def test_folders_that_can_hold_no_backup_are_named(archive, tmp_path, empty_catalogue):
    for folder in (archive, archive / "backup", tmp_path):
        with pytest.raises(BackupError, match="neither in its archive"):
            taken(archive, folder)
    with pytest.raises(BackupError, match="no whole backup"):
        restore(tmp_path / "none", tmp_path / "back", NOW)
    taken(archive, tmp_path / "backup")
    (tmp_path / "other").mkdir()
    with open_catalogue(tmp_path / "other" / "catalogue.duckdb") as catalogue:
        catalogue.register_sources(SOURCES)
    with pytest.raises(BackupError, match="another archive"):
        taken(tmp_path / "other", tmp_path / "backup")
    with open_catalogue(archive / "catalogue.duckdb"), pytest.raises(CatalogueBusyError):
        taken(archive, tmp_path / "backup", wait_seconds=0.2)
