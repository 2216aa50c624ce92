"""How a catalogue's file is opened: its lock, a look before it is touched, and DuckDB's errors in our words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import filelock

from warehouse.errors import (
    CLOSED,
    ArchiveFullError,
    CatalogueBusyError,
    CatalogueClosedError,
    CatalogueError,
    CatalogueVersionError,
    LoadError,
    from_os,
)
from warehouse.migrate import refuse_newer, version_of
from warehouse.statements import statement

_left: dict[Path, tuple[int, int, int]] = {}
"""Catalogues as this process closed them: inode, bytes, nanoseconds of the last change."""


def remember_left(path: Path) -> None:
    """Keeps how this process leaves a catalogue of this version; call it closed, while its lock is held."""
    mark = _mark(path)
    if mark is None:
        _left.pop(path, None)
    else:
        _left[path] = mark


def is_as_left(path: Path) -> bool:
    """Whether nobody has written the catalogue since this process closed it: then nothing about it need be looked at
    again. A run opens its catalogue once a batch, and looking takes longer than opening."""
    mark = _left.get(path)
    return mark is not None and mark == _mark(path)


def _mark(path: Path) -> tuple[int, int, int] | None:
    """None where the file is missing or a journal waits beside it."""
    if path.with_name(f"{path.name}.wal").exists():
        return None
    try:
        held = path.stat()
    except OSError:
        return None
    return held.st_ino, held.st_size, held.st_mtime_ns


def locked(path: Path, wait_seconds: float, on_wait: Callable[[str], None] | None) -> filelock.BaseFileLock:
    """The catalogue's lock, taken within a bounded wait. Raises CatalogueBusyError, CatalogueError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(f"{path}.lock", thread_local=False)  # a flow may close it in another thread
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            if on_wait:
                on_wait(f"{path}: another process writes the catalogue; waiting up to {wait_seconds:g} s")
            lock.acquire(timeout=wait_seconds, poll_interval=0.1)
    except filelock.Timeout as error:
        raise CatalogueBusyError(
            f"{path}: another process has been writing the catalogue for {wait_seconds:g} s; "
            "wait for it to end, or see which process holds the .lock file beside it"
        ) from error
    except OSError as error:
        kind = CatalogueClosedError if error.errno in CLOSED else CatalogueError
        raise from_os(error, path, "taking the catalogue's lock", kind) from error
    return lock


def settle(path: Path) -> None:
    """Looks at an existing file without touching it, so that a newer one stays as it is; then takes in the journal that
    a killed process left: DuckDB 1.5 can't replay one that defines tables when it opens the file directly."""
    name = quoted(path)
    with in_words(path, "looking at the catalogue"), duckdb.connect() as connection:
        connection.execute(statement("attach_to_look").format(path=name))
        connection.execute(statement("use_looked_at"))
        try:
            found = version_of(connection)
        except CatalogueError as error:
            raise CatalogueError(f"{path}: {error}") from error
        refuse_newer(found, path)
        connection.execute(statement("leave_looked_at"))
        if path.with_name(f"{path.name}.wal").exists():
            connection.execute(statement("replay_journal").format(path=name))


@contextmanager
def in_words(path: Path, action: str) -> Iterator[None]:
    """DuckDB's errors as the archive's own: what was being done, to what, and what to do."""
    try:
        yield
    except duckdb.Error as error:
        text = str(error)
        if "No space left" in text or "not enough disk space" in text.lower():
            raise ArchiveFullError(
                f"{path}: no room left on the disk while {action}; free some room and run again, nothing loaded is lost"
            ) from error
        if "Permission denied" in text or "Read-only file system" in text or "read-only mode" in text:
            raise CatalogueClosedError(
                f"{path}: no right to write here while {action}; give this user the right"
            ) from error
        if "Could not set lock" in text:
            raise CatalogueBusyError(f"{path}: another process has it open; wait for it to end ({text})") from error
        if "newer version of DuckDB" in text or "storage version" in text.lower():
            raise CatalogueVersionError(f"{path}: written by a newer DuckDB ({text}); install that one") from error
        if "not a valid DuckDB database" in text:
            raise CatalogueError(f"{path}: this is no DuckDB file; move it away, or name another archive") from error
        if isinstance(error, duckdb.DataError | duckdb.IntegrityError):
            raise LoadError(f"{path}: {action} failed on a value ({text}); nothing of it was kept") from error
        raise CatalogueError(f"{path}: {action} failed ({text}); nothing of it was kept") from error


def quoted(path: Path) -> str:
    return str(path).replace("'", "''")
