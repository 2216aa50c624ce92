"""The shelves: every capture is written to a WARC file before anyone tries to understand it.

One writer process holds one file at a time (flock); any number of processes read. File names come from the clock, the
process and chance, never from addresses.
"""

from __future__ import annotations

import fcntl
import io
import logging
import mmap
import os
import secrets
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from types import MappingProxyType, TracebackType
from typing import IO, BinaryIO

from warehouse.asked import Asked
from warehouse.companions import Earlier, ShelvedNote, capture_group, note_group
from warehouse.errors import DamagedShelfError, StacksError, from_os
from warehouse.groups import Assembler, Document, Standing
from warehouse.marks import ShelfDamage, Shelfmark
from warehouse.shelf import (
    SUFFIX,
    BrokenMemberError,
    ShelvedCapture,
    digest_of,
    members,
    next_member,
    read_capture,
    warcinfo_member,
)

SOFTWARE = "chancery"
_LEAST_REVISIT = 1_000
"""Bytes of a body for which a reference is smaller than the body itself."""
_NONE: Mapping[str, int] = MappingProxyType({})
_log = logging.getLogger("warehouse.stacks")


class Stacks:
    """`with Stacks(folder) as stacks: mark = stacks.put(…); stacks.sync()`.

    What was put is safe from a power cut when `sync` has returned, and can be read back at once. Raises StacksError or
    ArchiveFullError where the folder can't be written. Safe to share between threads, not between processes.
    """

    def __init__(self, folder: Path, *, roll_bytes: int = 1_000_000_000) -> None:
        self._folder, self._roll_bytes = folder, roll_bytes
        self._lock = threading.Lock()
        self._open: _Shelf | None = None
        self._serial = 0
        self.damage: list[ShelfDamage] = []
        """What `walk` found broken so far."""

    def __enter__(self) -> Stacks:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def put(
        self,
        *,
        url: str,
        final_url: str,
        status: int,
        headers: tuple[tuple[str, str], ...],
        body: bytes,
        captured_at: datetime,
        source: str | None,
        kind: str = "page",
        charset: str | None = None,
        asked: Asked | None = None,
        held: Shelfmark | None = None,
        digest: str | None = None,
    ) -> Shelfmark:
        """Shelves one capture, with how it was asked for, and says where it stands.

        `digest` is `digest_of(body)`, where the caller has it already; `held` is an earlier capture of the same
        address: if it has the same body, a revisit record refers to it.
        """
        capture = ShelvedCapture(
            url=url,
            final_url=final_url,
            status=status,
            headers=headers,
            body=body,
            captured_at=captured_at,
            charset=charset,
            source=source,
            kind=kind,
            digest=digest or digest_of(body),
        )
        earlier = self._same(held, body) if held else None
        if earlier:
            capture = replace(capture, refers_to=earlier.refers_to)
        first, beside = capture_group(capture, asked, _earlier(earlier))
        return self._append(first, beside)

    def note(self, note: ShelvedNote, *, held: Shelfmark | None = None) -> Shelfmark:
        """Shelves a question that brought no page; "not modified" as a revisit of the capture that is held."""
        earlier = self._found(held) if held else None
        return self._append(*note_group(note, _earlier(earlier)))

    def _append(self, first: bytes, beside: bytes) -> Shelfmark:
        with self._lock:
            shelf = self._shelf()
            return Shelfmark(shelf.name, shelf.append(first + beside), len(first), len(first) + len(beside))

    def _same(self, held: Shelfmark, body: bytes) -> ShelvedCapture | None:
        """The held capture with the mark of the record that has its body, where that is worth a reference."""
        found = self._found(held) if len(body) >= _LEAST_REVISIT else None
        if found is None or found.body != body:
            return None
        return found if found.refers_to else replace(found, refers_to=str(held))

    def _found(self, held: Shelfmark) -> ShelvedCapture | None:
        """The held capture, or None where it can't be read any more: nothing refers to a broken record."""
        try:
            return self.get(held)
        except StacksError as error:
            _log.warning("%s; what came is shelved whole", error)
            return None

    def sync(self) -> None:
        """After it, all that was put is on the disk."""
        with self._lock:
            if self._open:
                self._open.sync()

    def close(self) -> None:
        """Syncs and lets go of the open file; a later `put` begins a new one."""
        with self._lock:
            shelf, self._open = self._open, None
            if shelf:
                shelf.close()

    def get(self, mark: Shelfmark) -> ShelvedCapture:
        """The capture at a shelfmark. Raises DamagedShelfError if no whole record stands there."""
        at = f"{mark.file} at {mark.offset}"
        try:
            with self._path(mark.file).open("rb") as stream:
                stream.seek(mark.offset)
                data = stream.read(mark.length)
        except OSError as error:
            raise StacksError(f"{at}: looked for a capture, the file can't be read ({error.strerror})") from error
        try:
            for _, length, record in members(io.BytesIO(data), 0):
                capture = read_capture(record) if length == mark.length else None
                if capture:
                    return self._with_body(capture)
                break
        except (DamagedShelfError, ValueError, KeyError) as error:
            raise DamagedShelfError(f"{at}: the record is broken ({error}); restore the file from a backup") from error
        raise DamagedShelfError(f"{at}: no capture of {mark.length} bytes stands there; the shelfmark is wrong")

    def _with_body(self, capture: ShelvedCapture) -> ShelvedCapture:
        """A revisit with the body that it refers to. Raises StacksError where that can't be read."""
        if capture.refers_to is None:
            return capture
        body = self.get(Shelfmark.of(capture.refers_to)).body
        if digest_of(body) != capture.digest:
            raise DamagedShelfError(f"{capture.refers_to}: another body stands there than its revisit says")
        return replace(capture, body=body)

    def walk(self, after: Mapping[str, int] = _NONE) -> Iterator[tuple[Shelfmark, ShelvedCapture]]:
        """The captures among `documents`."""
        for mark, document in self.documents(after):
            if isinstance(document, ShelvedCapture):
                yield mark, document

    def documents(self, after: Mapping[str, int] = _NONE) -> Iterator[tuple[Shelfmark, Document]]:
        """Every capture and every question without a page that begins at or behind the end offset given for its file,
        file by file in order of names.

        Files that a living writer holds are skipped. A broken tail is cut to the last whole record and kept aside under
        `damaged/`; damage before whole records is left in place and passed over. Both are noted in `damage` and logged.
        """
        for path in self._files():
            name = path.relative_to(self._folder).as_posix()
            start = after.get(name, 0)
            if path.stat().st_size <= start:
                continue
            with path.open("rb") as stream:
                if _is_locked(stream, fcntl.LOCK_SH):
                    for at, length, span, document in self._standing(stream, name, start):
                        mark = Shelfmark(name, at, length, span)
                        if not isinstance(document, ShelvedCapture):
                            yield mark, document
                            continue
                        try:
                            document = self._with_body(document)
                        except StacksError as error:
                            _log.warning("%s: passed over, %s", mark, error)
                            continue
                        yield mark, document

    def _standing(self, stream: BinaryIO, name: str, start: int) -> Iterator[Standing]:
        """The documents of one file from `start` on, across damage."""
        offset: int | None = start
        assembler = Assembler()
        while offset is not None:
            try:
                for record in members(stream, offset):
                    try:
                        yield from list(assembler.take(*record))
                    except (DamagedShelfError, ValueError, KeyError) as error:
                        _log.warning("%s: the record at %d is passed over (%s)", name, record[0], error)
                offset = None
            except BrokenMemberError as error:
                offset = self._past(stream, name, error)
            yield from assembler.end()

    def _past(self, stream: BinaryIO, name: str, broken: BrokenMemberError) -> int | None:
        """Offset of the next whole record behind damage, which is noted; None at the end of the file."""
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data, memoryview(data) as view:
            onward = next_member(view, broken.offset + 1)
            end = len(data) if onward is None else onward
            cut = bytes(view[broken.offset : end]) if onward is None else None
        moved = self._cut(stream, name, broken.offset, cut) if cut is not None else None
        damage = ShelfDamage(name, broken.offset, end - broken.offset, onward is None, moved)
        self.damage.append(damage)
        _log.warning(
            "%s: %d bytes at %d hold no whole record (%s); %s",
            name, damage.length, damage.offset, broken,
            f"cut, and kept as {moved}" if moved else "passed over; restore the file from a backup",
        )  # fmt: skip
        return onward

    def _cut(self, stream: BinaryIO, name: str, offset: int, tail: bytes) -> str | None:
        """Cuts a file to its last whole record and keeps the rest aside; None where that can't be done now."""
        if not _is_locked(stream, fcntl.LOCK_EX):
            return None
        kept = self._folder / "damaged" / f"{PurePosixPath(name).name}.{offset}"
        try:
            kept.parent.mkdir(exist_ok=True)
            with kept.open("wb") as aside:
                aside.write(tail)
                aside.flush()
                os.fsync(aside.fileno())
            os.truncate(self._path(name), offset)
        except OSError as error:
            _log.warning("%s: its broken tail can't be cut (%s); it is passed over", name, error.strerror)
            return None
        return kept.relative_to(self._folder).as_posix()

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob(f"*/*{SUFFIX}"))

    def _path(self, file: str) -> Path:
        if PurePosixPath(file).is_absolute() or ".." in PurePosixPath(file).parts:
            raise StacksError(f"{file}: a shelfmark names a file inside the shelves; this one leads out of them")
        return self._folder / file

    def _shelf(self) -> _Shelf:
        """The open file, or a new one where it is full or of an earlier day."""
        today = datetime.now(UTC).date()
        if self._open and (self._open.size >= self._roll_bytes or self._open.day != today):
            self._open.close()
            self._open = None
        if self._open is None:
            self._serial += 1
            self._open = _Shelf.begin(self._folder, today, self._serial)
        return self._open


class _Shelf:
    """The file that this process writes, locked as long as it is open."""

    def __init__(self, path: Path, name: str, stream: IO[bytes], day: date) -> None:
        self.path, self.name, self.day, self.size = path, name, day, 0
        self._stream = stream

    @classmethod
    def begin(cls, folder: Path, day: date, serial: int) -> _Shelf:
        """A new file with its warcinfo record, known to the disk by name."""
        now = datetime.now(UTC)
        name = f"{day:%Y-%m}/{SOFTWARE}-{now:%Y%m%dT%H%M%S}-{os.getpid()}-{secrets.token_hex(4)}-{serial:05d}{SUFFIX}"
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            stream = path.open("xb", buffering=0)
            fcntl.flock(stream, fcntl.LOCK_EX)
        except OSError as error:
            raise from_os(error, folder, "beginning a file of the shelves", StacksError) from error
        shelf = cls(path, name, stream, day)
        try:
            shelf.append(warcinfo_member(path.name, SOFTWARE, now))
            shelf.sync()
            for parent in (path.parent, folder):
                sync_folder(parent)
        except BaseException:
            stream.close()
            path.unlink(missing_ok=True)
            raise
        return shelf

    def append(self, member: bytes) -> int:
        """Writes one whole record and gives its offset; a record that finds no room leaves no trace."""
        offset, view = self.size, memoryview(member)
        try:
            while view:
                view = view[self._stream.write(view) :]
        except OSError as error:
            os.ftruncate(self._stream.fileno(), offset)
            self._stream.seek(offset)
            raise from_os(error, self.path, "shelving a capture", StacksError) from error
        self.size += len(member)
        return offset

    def sync(self) -> None:
        try:
            os.fsync(self._stream.fileno())
        except OSError as error:
            raise from_os(error, self.path, "bringing captures to the disk", StacksError) from error

    def close(self) -> None:
        try:
            self.sync()
        finally:
            self._stream.close()


def _earlier(capture: ShelvedCapture | None) -> Earlier | None:
    if capture is None:
        return None
    return Earlier(capture.final_url, capture.captured_at, capture.digest, capture.record_id)


def _is_locked(stream: IO[bytes], how: int) -> bool:
    """Takes the lock if nobody holds one against it."""
    try:
        fcntl.flock(stream, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def sync_folder(folder: Path) -> None:
    """Names that were given or changed in it are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
