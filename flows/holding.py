"""Who holds which lock of the archive now: looked at without taking it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from flows.desk import locks_folder
from flows.settings import Settings

_TABLE = Path("/proc/locks")
"""Linux tells there who holds what; elsewhere only that somebody does is known."""


def lock_files(settings: Settings) -> Iterator[Path]:
    """The catalogue's lock, those of the sources, and the files of the shelves, which their writer holds."""
    yield settings.catalogue.with_name(f"{settings.catalogue.name}.lock")
    yield from sorted(locks_folder(settings).glob("*.lock"))
    yield from sorted(settings.shelves.glob("*/*.warc.gz"))[-20:]


def held_locks(paths: Iterable[Path]) -> dict[Path, str]:
    """Of these files, those that a process holds, with its number and command where they can be known."""
    return {path: _holder(path) for path in paths if is_held(path)}


def is_held(path: Path) -> bool:
    """Whether somebody holds the file; what can't be opened is held by nobody that concerns us."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _holder(path: Path) -> str:
    try:
        inode, table = path.stat().st_ino, _TABLE.read_text(encoding="ascii").splitlines()
    except OSError:
        return "a process of this machine"
    rows = [line.split() for line in table if " FLOCK " in line]
    numbers = [row[-4] for row in rows if row[-3].rpartition(":")[2] == str(inode)]
    return ", ".join(f"process {number} ({_command(number)})" for number in numbers) or "a process of this machine"


def _command(number: str) -> str:
    try:
        words = Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return "ended, or of another user"
    return " ".join(Path(word.decode(errors="replace")).name for word in words[:4] if word)[:80]
