"""A disk without room, and one that may not be written: clear words, and nothing acknowledged is lost."""

import os
import subprocess

import pytest
from invented import NOW, SOURCES, reading, record, table, visit

from warehouse import ArchiveFullError, CatalogueError, PublishError, Stacks, StacksError, open_catalogue, publish


def mount(*arguments):
    return subprocess.run(["mount", *map(str, arguments)], capture_output=True, timeout=30).returncode == 0


@pytest.fixture
def disk(tmp_path):
    """A real file system of 4 MB in memory."""
    if os.geteuid() != 0 or not mount("-t", "tmpfs", "-o", "size=4m", "tmpfs", tmp_path):
        pytest.skip("a small file system can only be mounted by root")
    yield tmp_path
    subprocess.run(["umount", "-l", tmp_path], check=True, timeout=30)


def shelve(stacks, n):
    return stacks.put(
        url=f"https://a.example/{n}",
        final_url=f"https://a.example/{n}",
        status=200,
        headers=(),
        body=os.urandom(50_000),
        captured_at=NOW,
        source="a",
    )


def fill(path):
    """Loads until the disk is full and says how many batches of ten were acknowledged."""
    with open_catalogue(path) as catalogue:
        catalogue.register_sources(SOURCES)
        for n in range(200):
            batch = [
                reading(f"https://a.example/{n}-{k}", record=record(visit(), body=os.urandom(4000).hex()))
                for k in range(10)
            ]
            try:
                catalogue.load({"readings": batch})
            except ArchiveFullError as error:
                assert "no room left on the disk while loading" in str(error)
                return n
    raise AssertionError("4 MB hold all this?")


def test_a_full_disk_loses_nothing_that_was_loaded(disk):
    path = disk / "catalogue.duckdb"
    acknowledged = fill(path)
    with pytest.raises((ArchiveFullError, PublishError)):
        publish(path, disk / "chancery.duckdb")
    assert not (disk / "chancery.duckdb").exists()
    assert mount("-o", "remount,size=64m", disk)
    with open_catalogue(path) as catalogue:
        assert len(table(catalogue, "articles")) == acknowledged * 10 > 0
    assert publish(path, disk / "chancery.duckdb").tables["articles"] == acknowledged * 10


def test_a_full_disk_keeps_whole_captures(disk):
    with Stacks(disk / "shelves") as stacks:
        marks = []
        with pytest.raises(ArchiveFullError, match="no room left on the disk while shelving"):
            while True:
                marks.append(shelve(stacks, len(marks)))
        assert len(marks) > 10
        assert mount("-o", "remount,size=64m", disk)
        marks.append(shelve(stacks, len(marks)))
    reader = Stacks(disk / "shelves")
    assert [mark for mark, _ in reader.walk()] == marks and not reader.damage


def test_a_disk_that_may_not_be_written_is_named(disk):
    with open_catalogue(disk / "catalogue.duckdb"):
        pass
    assert mount("-o", "remount,ro", disk)
    with pytest.raises(CatalogueError, match="no right to write here"):
        open_catalogue(disk / "catalogue.duckdb")
    with pytest.raises(StacksError, match="no right to write here"):
        shelve(Stacks(disk / "shelves"), 1)
