"""The stocktaking: every record of a file against its digests, the file against the catalogue's index, both ways."""

from __future__ import annotations

import fcntl
import mmap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

from warehouse.companions import NOTHING
from warehouse.errors import DamagedShelfError, StacksError, from_os
from warehouse.record import RawRecord, raw_record
from warehouse.shelf import SUFFIX, BrokenMemberError, members, next_member, read_date

ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "file_missing": "restore the file from a backup; `chancery shelves rebuild` makes a catalogue without it",
        "file_unreadable": "give this user the right to read it, or restore it from a backup",
        "broken_record": "restore the file from a backup; the records behind it are whole",
        "broken_tail": "nothing: the next run cuts it to the last whole record and keeps the rest under damaged/",
        "bad_record": "restore the file from a backup",
        "wrong_digest": "the bytes changed on the disk: restore the file from a backup, and look after the disk",
        "row_without_record": "restore the file from a backup, or make the catalogue anew: `chancery shelves rebuild`",
        "record_without_row": "the next `chancery ingest` reads and loads it",
        "index_differs": "make the catalogue anew from the files: `chancery shelves rebuild`",
    }
)
"""What to do, by what is wrong."""
IndexRow = Mapping[str, Any]
"""A row of the catalogue's index, as `index_of` gives it."""


@dataclass(frozen=True, slots=True)
class ShelfFile:
    """One file of the shelves, as it was found."""

    name: str
    """Relative to the shelves."""
    bytes: int
    is_open: bool = False
    """A living writer holds it: no row or record is missed yet."""


@dataclass(frozen=True, slots=True)
class ShelfFinding:
    """One thing that is not as it should be."""

    file: str
    offset: int | None
    problem: str
    """A key of ADVICE."""
    detail: str
    url: str | None = None

    @property
    def advice(self) -> str:
        return ADVICE[self.problem]


@dataclass(frozen=True, slots=True)
class FileAudit:
    """What one file holds, and what is wrong with it."""

    file: str
    bytes: int = 0
    payload_bytes: int = 0
    """Unpacked, headers included: what was digested."""
    records: int = 0
    captures: int = 0
    is_open: bool = False
    findings: tuple[ShelfFinding, ...] = ()


@dataclass(slots=True)
class _Count:
    """What was seen so far of a file."""

    name: str
    waiting: dict[int, IndexRow]
    is_open: bool
    records: int = 0
    captures: int = 0
    payload_bytes: int = 0
    findings: list[ShelfFinding] = field(default_factory=list)

    held: tuple[int, dict[str, Any]] | None = None
    held_id: str | None = None

    def settle(self) -> None:
        """The document that was seen whole is held against its row."""
        held, self.held = self.held, None
        if held:
            _compare(self, *held)

    def note(self, problem: str, detail: str, offset: int | None, url: str | None = None) -> None:
        self.findings.append(ShelfFinding(self.name, offset, problem, detail, url))


def shelf_files(folder: Path) -> list[ShelfFile]:
    """Every file of the shelves, in order of names. Ask for the index after it: what is free now grows no more."""
    found = []
    for path in sorted(folder.glob(f"*/*{SUFFIX}")):
        with path.open("rb") as stream:
            found.append(ShelfFile(path.relative_to(folder).as_posix(), path.stat().st_size, not _is_free(stream)))
    return found


def audit_file(folder: Path, file: ShelfFile, index: Sequence[IndexRow]) -> FileAudit:
    """Reads one file of the shelves whole, a record at a time, and holds it against its rows of the index.

    Nothing is changed. What can't be read is a finding, not an error.
    """
    name = file.name
    path = folder / name
    waiting = {int(row["shelf_offset"]): row for row in index}
    try:
        with path.open("rb") as stream:
            count = _Count(name, waiting, file.is_open)
            for offset, length, data in _whole_members(stream, count):
                _weigh(count, offset, length, data)
            count.settle()
    except FileNotFoundError:
        return FileAudit(name, findings=(_missing(name, index),))
    except OSError as error:
        told = str(from_os(error, path, "checking the shelves", StacksError))
        return FileAudit(name, findings=(ShelfFinding(name, None, "file_unreadable", told),))
    if not count.is_open:
        for offset, row in sorted(count.waiting.items()):
            detail = f"the index has a record of {row['shelf_length']} bytes here, the file has none"
            count.note("row_without_record", detail, offset, row["url"])
    return FileAudit(
        name, file.bytes, count.payload_bytes, count.records, count.captures, count.is_open, tuple(count.findings)
    )


def _is_free(stream: BinaryIO) -> bool:
    """Whether no living writer holds the file; the lock is let go with the stream."""
    try:
        fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _missing(name: str, index: Sequence[IndexRow]) -> ShelfFinding:
    return ShelfFinding(name, None, "file_missing", f"the index has {len(index)} records in it, there is no such file")


def _whole_members(stream: BinaryIO, count: _Count) -> Iterator[tuple[int, int, bytes]]:
    """Every whole gzip member of a file; damage becomes a finding and is passed over."""
    offset: int | None = 0
    while offset is not None:
        try:
            yield from members(stream, offset)
            return
        except BrokenMemberError as error:
            count.settle()
            offset = _past(stream, error, count)


def _past(stream: BinaryIO, broken: BrokenMemberError, count: _Count) -> int | None:
    """Where whole records go on behind damage; None at the file's end."""
    with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data, memoryview(data) as view:
        onward, end = next_member(view, broken.offset + 1), len(data)
    if onward is not None:
        detail = f"{onward - broken.offset} bytes hold no whole record ({broken})"
        count.note("broken_record", detail, broken.offset)
    elif not count.is_open:  # what is being written has no end yet
        count.note(
            "broken_tail", f"the last {end - broken.offset} bytes hold no whole record ({broken})", broken.offset
        )
    return onward


def _weigh(count: _Count, offset: int, length: int, data: bytes) -> None:
    """One record: whole, as its digests say, and in the index as it stands."""
    count.records += 1
    count.payload_bytes += len(data)
    try:
        record = raw_record(data)
        told = _told(record, length)
    except (DamagedShelfError, KeyError) as error:
        count.note("bad_record", f"no record that can be read ({error})", offset)
        count.waiting.pop(offset, None)
        return
    broken = record.broken_digests()
    if broken:
        detail = f"{' and '.join(broken)} of the {record.type} record is not that of its bytes"
        count.note("wrong_digest", detail, offset, record.headers.get("warc-target-uri"))
    if told is not None:
        count.settle()
        count.captures += bool(told["is_capture"])
        count.held, count.held_id = (offset, told), record.headers.get("warc-record-id")
    elif count.held and record.headers.get("warc-concurrent-to") == count.held_id:
        count.held[1]["shelf_span"] += length


def _told(record: RawRecord, length: int) -> dict[str, Any] | None:
    """What the record says of itself, by the columns of the index; None for one that the index does not list."""
    headers = record.headers
    is_capture = record.type == "response" or (record.type == "revisit" and "warc-chancery-refers-to" in headers)
    is_alone = record.type == "metadata" and "warc-concurrent-to" not in headers
    if not (is_capture or is_alone or record.type == "revisit"):
        return None
    final_url = headers["warc-target-uri"]
    is_erased = final_url.startswith(NOTHING)
    return {
        "url": None if is_erased else headers.get("warc-chancery-asked-uri") or final_url,
        "final_url": final_url if is_capture else None,
        "source": headers.get("warc-chancery-source"),
        "kind": None if is_erased else headers.get("warc-chancery-kind") or "page",
        "captured_at": read_date(headers["warc-date"]),
        "digest": headers["warc-payload-digest"] if is_capture else None,
        "shelf_length": length if is_capture else None,
        "shelf_span": length,
        "is_capture": is_capture,
    }


def _compare(count: _Count, offset: int, told: Mapping[str, Any]) -> None:
    row = count.waiting.pop(offset, None)
    if row is None:
        if not count.is_open:
            detail = f"a {told['kind'] or 'place'} that the index does not know"
            count.note("record_without_row", detail, offset, told["url"])
        return
    parts = [
        f"{name} {_shown(row[name])} in the index, {_shown(value)} in the file"
        for name, value in told.items()
        if row[name] != value and (name != "shelf_length" or value is not None)
    ]
    if parts:
        count.note("index_differs", "; ".join(parts), offset, told["url"])


def _shown(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else repr(value)
