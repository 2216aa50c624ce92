"""Backups: the archive in another folder, checked by digest, and back. Only what is new is copied.

The catalogue is copied first, under its lock, and the shelves after it: each row of the copy has its bytes there.
What is appended to the shelves meanwhile is picked up by the first run over the restored archive.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import duckdb
import filelock

from warehouse.errors import ArchiveFullError, BackupError, from_os
from warehouse.manifest import MANIFEST, KeptFile, Manifest, read_manifest, write_manifest
from warehouse.opening import in_words, locked, quoted, settle
from warehouse.shelf import SUFFIX, BrokenMemberError, members
from warehouse.stacks import sync_folder
from warehouse.statements import statement

_CHUNK = 1 << 20
_FILES = "files"
_LEFT_OUT = ("locks", "prefect")
"""Folders of the archive that say nothing of the press."""
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup or a restoration did."""

    files: int
    bytes: int
    """Of the whole."""
    copied_files: int
    copied_bytes: int
    seconds: float
    moved_aside: Path | None = None
    """Where a restoration put what stood in its place."""


def back_up(
    archive: Path, catalogue: Path, folder: Path, at: datetime, *, leave_out: tuple[Path, ...] = (),
    wait_seconds: float = 600, on_wait: Say | None = None,
) -> BackupReport:  # fmt: skip
    """Brings a folder up to the archive, beside whatever runs. Killed at any moment it leaves the former backup whole.

    `leave_out` are files that can be made again, as the published one. Raises BackupError, ArchiveFullError, and what
    taking the catalogue's lock raises.
    """
    began = time.monotonic()
    _check_places(archive, catalogue, folder)
    with _alone(folder), _told(folder, "backing up"):
        former = read_manifest(folder)
        keeper = _Keeper(folder, {file.path: file for file in former.files} if former else {})
        lock = locked(catalogue, wait_seconds, on_wait)
        try:
            settle(catalogue)
            archive_id, schema_version = _identity(catalogue)
            if former and former.archive_id != archive_id:
                raise BackupError(f"{folder}: holds the backup of another archive; name another folder")
            files = [keeper.keep(catalogue, catalogue.relative_to(archive).as_posix())]
        finally:
            lock.release()
        out = {catalogue, *leave_out}
        for path in _files_of(archive):
            if path not in out and not any(path.name.startswith((f"{one.name}.", f".{one.name}.")) for one in out):
                name = path.relative_to(archive).as_posix()
                try:
                    files.append(keeper.keep(path, name))
                except FileNotFoundError:
                    if path.name.endswith(SUFFIX):
                        raise
        manifest = Manifest(archive_id, schema_version, at.isoformat(), tuple(files))
        write_manifest(folder, manifest)
        _sweep(folder, manifest)
    seconds = time.monotonic() - began
    return BackupReport(len(files), manifest.bytes, keeper.copied_files, keeper.copied_bytes, seconds)


def check_backup(folder: Path) -> BackupReport:
    """Reads a backup whole. Raises BackupError naming the first file that is not what the list says."""
    began = time.monotonic()
    manifest = _held(folder)
    with _told(folder, "checking"):
        for file in manifest.files:
            _copy_checked(folder, file, None)
    return BackupReport(len(manifest.files), manifest.bytes, 0, 0, time.monotonic() - began)


def restore(folder: Path, archive: Path, at: datetime, *, force: bool = False) -> BackupReport:
    """Makes the archive anew from a backup: built aside, every file checked, and put in its place at once.

    With `force` what stands there is moved aside, never deleted. Raises BackupError with nothing changed.
    """
    began = time.monotonic()
    manifest = _held(folder)
    archive = archive.absolute()
    is_taken = archive.exists() and (not archive.is_dir() or any(archive.iterdir()))
    if is_taken and not force:
        raise BackupError(
            f"{archive}: something stands there already; name another with --archive, or say --force: it is moved aside"
        )
    with _told(archive, "restoring"), _nobody_at_work(archive, manifest):
        archive.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(archive.parent).free < manifest.bytes:
            raise ArchiveFullError(
                f"{archive.parent}: {manifest.bytes / 1e9:.1f} GB are wanted to restore; free some room"
            )
        aside = archive.parent / f".{archive.name}.restoring"
        shutil.rmtree(aside, ignore_errors=True)
        try:
            for file in manifest.files:
                target = aside / file.path
                target.parent.mkdir(parents=True, exist_ok=True)
                _copy_checked(folder, file, target)
            moved = archive.with_name(f"{archive.name}.before-restore-{at:%Y%m%dT%H%M%S}") if is_taken else None
            if moved:
                os.replace(archive, moved)
            elif archive.exists():
                archive.rmdir()
            os.replace(aside, archive)
            sync_folder(archive.parent)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
    total = manifest.bytes
    return BackupReport(len(manifest.files), total, len(manifest.files), total, time.monotonic() - began, moved)


class _Keeper:
    """Brings one file after the other into the backup, and counts what it copied."""

    def __init__(self, folder: Path, former: dict[str, KeptFile]) -> None:
        self._folder, self._former = folder, former
        self._taken = {file.stored for file in former.values()}
        self.copied_files = self.copied_bytes = 0

    def keep(self, path: Path, name: str) -> KeptFile:
        """The file as it is now; what the former backup holds of it is not copied again."""
        held = self._former.get(name)
        with path.open("rb") as stream:
            told = os.fstat(stream.fileno())
            if held and self._is_stored(held) and (held.bytes, held.mtime_ns) == (told.st_size, told.st_mtime_ns):
                return held
            grown = self._grown(stream, held) if held and path.name.endswith(SUFFIX) else None
            return grown or self._copied(stream, name, held)

    def _is_stored(self, held: KeptFile) -> bool:
        try:
            return (self._folder / held.stored).stat().st_size >= held.bytes
        except FileNotFoundError:
            return False

    def _grown(self, stream: BinaryIO, held: KeptFile) -> KeptFile | None:
        """A file of the shelves to which was appended: only the new end is copied. None where its beginning changed."""
        told = os.fstat(stream.fileno())
        stream.seek(0)
        digest = hashlib.sha256()
        if (
            not self._is_stored(held)
            or told.st_size < held.bytes
            or _read(stream, held.bytes, digest, None) < held.bytes
        ):
            return None
        if digest.hexdigest() != held.sha256:
            return None
        end = _end_of(stream, held.bytes)
        with (self._folder / held.stored).open("r+b") as stored:
            stored.truncate(held.bytes)  # what a killed backup appended
            stored.seek(held.bytes)
            stream.seek(held.bytes)
            copied = _read(stream, end - held.bytes, digest, stored)
            stored.flush()
            os.fsync(stored.fileno())
        self.copied_files, self.copied_bytes = self.copied_files + bool(copied), self.copied_bytes + copied
        return KeptFile(held.path, held.stored, held.bytes + copied, digest.hexdigest(), told.st_mtime_ns)

    def _copied(self, stream: BinaryIO, name: str, held: KeptFile | None) -> KeptFile:
        told = os.fstat(stream.fileno())
        end = _end_of(stream, 0) if name.endswith(SUFFIX) else told.st_size
        digest = hashlib.sha256()
        aside = self._folder / f".copying-{os.getpid()}"
        stream.seek(0)
        with aside.open("wb") as stored:
            copied = _read(stream, end, digest, stored)
            stored.flush()
            os.fsync(stored.fileno())
        sha256 = digest.hexdigest()
        if held and held.sha256 == sha256 and self._is_stored(held):
            aside.unlink()
            return KeptFile(name, held.stored, copied, sha256, told.st_mtime_ns)
        place = f"{_FILES}/{name}"
        if place in self._taken:  # the former backup needs what stands there until this one is whole
            place = f"{place}~{sha256[:16]}"
        target = self._folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(aside, target)
        sync_folder(target.parent)
        self.copied_files, self.copied_bytes = self.copied_files + 1, self.copied_bytes + copied
        return KeptFile(name, place, copied, sha256, told.st_mtime_ns)


def _read(stream: BinaryIO, length: int, digest: hashlib._Hash, target: BinaryIO | None) -> int:
    """Reads so many bytes, or all that are there, into digest and target; gives their number."""
    done = 0
    while done < length and (chunk := stream.read(min(_CHUNK, length - done))):
        digest.update(chunk)
        if target:
            target.write(chunk)
        done += len(chunk)
    return done


def _end_of(stream: BinaryIO, start: int) -> int:
    """Where the file ends; while its writer holds it, where its last whole record does."""
    size = os.fstat(stream.fileno()).st_size
    try:
        fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        end = start
        try:
            for offset, length, _ in members(stream, start):
                end = offset + length
        except BrokenMemberError as error:
            end = error.offset
        return min(end, size)
    fcntl.flock(stream, fcntl.LOCK_UN)
    return size


def _files_of(archive: Path) -> Iterator[Path]:
    """Every file that counts, in order: no locks, nothing of the orchestrator, nothing half made."""
    for path in sorted(archive.rglob("*")):
        parts = path.relative_to(archive).parts
        if parts[0] in _LEFT_OUT or path.suffix == ".lock" or path.name.startswith("."):
            continue
        if path.is_file() and not path.is_symlink():
            yield path


def _identity(catalogue: Path) -> tuple[str, int]:
    """The archive's id and the catalogue's schema, without changing anything."""
    with in_words(catalogue, "looking at the catalogue"), duckdb.connect() as connection:
        connection.execute(statement("attach_to_look").format(path=quoted(catalogue)))
        connection.execute(statement("use_looked_at"))
        archive = connection.execute(statement("read_archive")).fetchone()
        version = connection.execute(statement("last_migration")).fetchone()
    if archive is None or version is None:
        raise BackupError(f"{catalogue}: the catalogue tells no archive; `chancery ingest` makes it whole")
    return str(archive[0]), int(version[0])


def _check_places(archive: Path, catalogue: Path, folder: Path) -> None:
    if not catalogue.is_file():
        raise BackupError(f"{catalogue}: there is no catalogue to back up; name another archive")
    here, there = archive.resolve(), folder.resolve()
    if here == there or here in there.parents or there in here.parents:
        raise BackupError(f"{folder}: a backup stands neither in its archive nor around it; name another folder")


def _held(folder: Path) -> Manifest:
    manifest = read_manifest(folder)
    if manifest is None:
        raise BackupError(f"{folder}: looked for {MANIFEST}, found none: there is no whole backup here")
    return manifest


def _copy_checked(folder: Path, file: KeptFile, target: Path | None) -> None:
    """One file out of the backup, or only read. Raises BackupError if it is not what the list says."""
    digest = hashlib.sha256()
    try:
        with (folder / file.stored).open("rb") as stored:
            if target is None:
                _read(stored, file.bytes, digest, None)
            else:
                with target.open("xb") as stream:
                    _read(stored, file.bytes, digest, stream)
                    stream.flush()
                    os.fsync(stream.fileno())
    except FileNotFoundError as error:
        raise BackupError(f"{folder / file.stored}: missing; the backup is damaged, take another") from error
    if digest.hexdigest() != file.sha256:
        raise BackupError(
            f"{folder / file.stored}: its digest is not that of the list; the backup is damaged, take another"
        )


def _sweep(folder: Path, manifest: Manifest) -> None:
    """Takes out what no list names any more: earlier catalogues, files that were erased or rewritten, leftovers."""
    needed = {folder / file.stored for file in manifest.files}
    for path in [*(folder / _FILES).rglob("*"), *folder.glob(".copying-*")]:
        if path.is_file() and path not in needed:
            path.unlink()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(folder / ".lock", timeout=0):
            yield
    except filelock.Timeout as error:
        raise BackupError(f"{folder}: another backup is being made there; wait for it to end") from error


@contextmanager
def _nobody_at_work(archive: Path, manifest: Manifest) -> Iterator[None]:
    """Holds the lock of the catalogue that stands in the place of the new one."""
    path = archive / f"{manifest.files[0].path}.lock"
    if not path.is_file():
        yield
        return
    try:
        with filelock.FileLock(path, timeout=0):
            yield
    except filelock.Timeout as error:
        raise BackupError(f"{archive}: a run is at work there; end it, or restore to another place") from error


@contextmanager
def _told(place: Path, wanted: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise from_os(error, place, wanted, BackupError) from error
