"""Records struck from the shelves: files rewritten aside and swapped in, every other record where it stood.

In the place of what is struck stand records that say nothing, padded to the same length; what only mentions it is made
unreadable there, with digests of the new bytes. So no shelfmark changes, and a file is always the old or the new one.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from warehouse.companions import FIELDS, NOTHING
from warehouse.errors import StacksError, from_os
from warehouse.record import RawRecord, raw_record
from warehouse.shelf import MOST_PAD, SUFFIX, digest_of, members, padded_member, warc_date
from warehouse.stacks import sync_folder

_FILLER = (
    "WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n"
    "WARC-Record-ID: <urn:uuid:{id}>\r\nContent-Type: {fields}\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
)
_LEAST_FILLER = 260
"""Bytes into which a filler can be packed, with room to spare."""
_HOLE = re.compile(rb"\x00{8192,}")
_LISTS = ("feed", "sitemap", "listing")


@dataclass(frozen=True, slots=True)
class Condemned:
    """What is to go."""

    is_struck: Callable[[RawRecord], bool]
    """Whether a record that begins a group goes, with all of its group."""
    mention: re.Pattern[bytes] | None = None
    """What is made unreadable in records that stay; feeds, sitemaps and listings that hold it go whole: they print
    headlines and texts of it."""


@dataclass(slots=True)
class Struck:
    """What was done to the shelves, by this call or an earlier one."""

    groups: int = 0
    """Captures and answers that went now."""
    mentions: int = 0
    """Records in which mentions were made unreadable now."""
    files: int = 0
    fillers: list[tuple[str, int, int]] = field(default_factory=list)
    """File, offset and length of every record that says nothing."""


def survey(folder: Path, condemned: Condemned) -> dict[str, str]:
    """Digests of bodies that will change, before and after: to be written down before anything is struck."""
    found: dict[str, str] = {}
    for path in _files(folder):
        for group in _groups(path):
            if _goes(group, condemned):
                continue
            for _, record in group.records:
                data = _unreadable(record, condemned, {})
                if data is not None and record.type == "response":
                    after = raw_record(data).headers["warc-payload-digest"]
                    found[record.headers["warc-payload-digest"]] = after
    return found


def strike(folder: Path, condemned: Condemned, at: datetime, digests: Mapping[str, str]) -> Struck:
    """Rewrites every file that holds something of it; nobody may write there meanwhile. Doing it again does nothing.

    `digests` is what `survey` found. Raises StacksError or ArchiveFullError where a file can't be rewritten, and
    DamagedShelfError where one is damaged: it is then as it was.
    """
    struck = Struck()
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        aside = path.with_name(f".{path.name}.aside")
        try:
            if _rewrite(path, aside, name, _Work(condemned, at, digests, struck)):
                os.replace(aside, path)
                sync_folder(path.parent)
                struck.files += 1
        except OSError as error:
            raise from_os(error, path, "striking records from the shelves", StacksError) from error
        finally:
            aside.unlink(missing_ok=True)
    return struck


@dataclass(frozen=True, slots=True)
class _Work:
    condemned: Condemned
    at: datetime
    digests: Mapping[str, str]
    struck: Struck


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*/*{SUFFIX}"))


def _rewrite(path: Path, aside: Path, name: str, work: _Work) -> bool:
    """Writes the new file aside; whether it is another than the old one."""
    is_changed = False
    with aside.open("wb") as stream:
        for changed, data in _edited(path, name, work):
            is_changed = is_changed or changed
            _write(stream, data) if changed else stream.write(data)
        stream.truncate()
        stream.flush()
        os.fsync(stream.fileno())
    if is_changed and aside.stat().st_size != path.stat().st_size:
        raise StacksError(f"{path}: rewritten it has another length; nothing of it was changed, report this")
    return is_changed


def _write(stream: BinaryIO, data: bytes) -> None:
    """Long runs of zeros become holes: what was struck takes no room on the disk."""
    start = 0
    for hole in _HOLE.finditer(data):
        stream.write(data[start : hole.start()])
        stream.seek(hole.end() - hole.start(), os.SEEK_CUR)
        start = hole.end()
    stream.write(data[start:])


@dataclass(slots=True)
class _Group:
    """Members of a file that go or stay together, packed and unpacked."""

    offset: int
    id: str | None
    records: list[tuple[bytes, RawRecord]]

    @property
    def first(self) -> RawRecord:
        return self.records[0][1]

    @property
    def length(self) -> int:
        return sum(len(packed) for packed, _ in self.records)


def _edited(path: Path, name: str, work: _Work) -> Iterator[tuple[bool, bytes]]:
    """The file in pieces, each with whether it is another than before."""
    for group in _groups(path):
        if _goes(group, work.condemned):
            work.struck.groups += 1
            offset = group.offset
            for filler in _fillers(group.length, work.at):
                work.struck.fillers.append((name, offset, len(filler)))
                offset += len(filler)
                yield True, filler
            continue
        if group.first.headers.get("warc-target-uri") == NOTHING:
            work.struck.fillers.append((name, group.offset, group.length))
        for packed, record in group.records:
            data = _unreadable(record, work.condemned, work.digests)
            if data is None:
                yield False, packed
                continue
            work.struck.mentions += 1
            try:
                yield True, padded_member(data, len(packed))
            except StacksError as error:
                raise StacksError(f"{path}: a record that mentions it can't be mended ({error})") from error


def _groups(path: Path) -> Iterator[_Group]:
    group: _Group | None = None
    with path.open("rb") as stream, path.open("rb") as again:
        for offset, length, data in members(stream, 0):
            again.seek(offset)
            packed, record = again.read(length), raw_record(data)
            beside = record.headers.get("warc-concurrent-to")
            if group and beside is not None and beside == group.id:
                group.records.append((packed, record))
                continue
            if group:
                yield group
            group = _Group(offset, record.headers.get("warc-record-id"), [(packed, record)])
    if group:
        yield group


def _goes(group: _Group, condemned: Condemned) -> bool:
    if group.first.type == "warcinfo":
        return False
    if condemned.is_struck(group.first):
        return True
    pattern, is_list = condemned.mention, group.first.headers.get("warc-chancery-kind") in _LISTS
    return bool(is_list and pattern and any(pattern.search(record.block) for _, record in group.records))


def _fillers(length: int, at: datetime) -> Iterator[bytes]:
    """Members that say nothing, of this length together."""
    left = length
    while left:
        size = left if left <= MOST_PAD else min(MOST_PAD, left - _LEAST_FILLER)
        text = _FILLER.format(url=NOTHING, date=warc_date(at), id=uuid.uuid4(), fields=FIELDS)
        yield padded_member(text.encode(), size)
        left -= size


def _unreadable(record: RawRecord, condemned: Condemned, digests: Mapping[str, str]) -> bytes | None:
    """The record with every mention made unreadable and its digests anew; None where there is nothing to do."""
    pattern, block = condemned.mention, bytes(record.block)
    if pattern and record.type != "warcinfo":
        block = pattern.sub(lambda found: b"x" * len(found[0]), block)
    told = record.headers.get("warc-payload-digest", "")
    moved = digests.get(told) if record.type == "revisit" else None
    if block == record.block and not moved:
        return None
    head, fresh = record.head, RawRecord(record.headers, memoryview(block))
    anew = {"warc-block-digest": block, "warc-payload-digest": bytes(fresh.payload)}
    for name, data in anew.items():
        value = record.headers.get(name)
        if value and not (name == "warc-payload-digest" and record.type == "revisit"):
            head = re.sub(rb"(?i)(\r\n%s: *)[^\r\n]+" % name.encode(), rb"\g<1>" + _like(value, data).encode(), head)
    if moved:
        head = head.replace(told.encode(), moved.encode())
    return head + block + b"\r\n\r\n"


def _like(value: str, data: bytes) -> str:
    """A digest of the same kind."""
    if value.startswith("sha256:"):
        return digest_of(data)
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()
