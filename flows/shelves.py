"""The keeper of the shelves: takes stock of them against the catalogue, in several processes where there is much."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import warehouse
from flows.errors import RunError
from flows.pool import ReadingPool
from flows.settings import Settings, Tell
from flows.states import ask_catalogue
from warehouse import Catalogue, FileAudit, IndexRow, ShelfFile, ShelfFinding

FILES_AT_ONCE = 200
"""Files whose index is asked for, and held, at a time."""
FEW_BYTES = 32_000_000
"""Packed bytes that one process has read before a second one has started."""
_Index = dict[str, list[dict[str, Any]]]


@dataclass(slots=True)
class Stocktaking:
    """What a check of the shelves read, in total."""

    files: int = 0
    records: int = 0
    captures: int = 0
    bytes: int = 0
    """Of the files."""
    payload_bytes: int = 0
    """Unpacked: what was digested."""
    findings: int = 0
    open_files: int = 0
    """Held by a living writer: their records are checked, the index is not held against them."""

    def add(self, audit: FileAudit) -> None:
        """Counts one file."""
        self.files += 1
        for name in ("records", "captures", "bytes", "payload_bytes"):
            setattr(self, name, getattr(self, name) + getattr(audit, name))
        self.findings += len(audit.findings)
        self.open_files += audit.is_open


def check_shelves(
    settings: Settings,
    total: Stocktaking,
    *,
    tell: Tell = lambda line: None,
    advance: Callable[[int], None] = lambda size: None,
) -> Iterator[ShelfFinding]:
    """What is wrong, file by file, with every record read; `total` is counted up meanwhile.

    Nothing is changed, and the catalogue is open only while its index is asked for. Raises RunError where there are no
    shelves, CatalogueError.
    """
    if not settings.shelves.is_dir():
        raise RunError(f"{settings.shelves}: looked for shelves, found no such folder; `chancery ingest` makes them")
    files = warehouse.shelf_files(settings.shelves)
    none: dict[str, int] = {}
    known = ask_catalogue(settings, warehouse.indexed_files, empty=none, tell=tell)
    here = {file.name for file in files}
    missing = [ShelfFile(name, 0) for name in known if name not in here]
    for audit in _audits(settings, [*files, *missing], tell):
        total.add(audit)
        advance(audit.bytes)
        yield from audit.findings


def _audits(settings: Settings, files: Sequence[ShelfFile], tell: Tell) -> Iterator[FileAudit]:
    """Every file's audit, in order; in this process where there is little to read."""
    tasks = _tasks(settings, files, tell)
    if settings.limits.jobs == 1 or sum(file.bytes for file in files) < FEW_BYTES:
        yield from map(_audit, tasks)
        return
    with ReadingPool(jobs=settings.limits.jobs, deadline_seconds=None, is_for_pages=False) as pool:
        for outcome in pool.map(_audit, tasks):
            if outcome.value is None:
                raise RunError(f"{settings.shelves}: a file could not be checked ({outcome.error}); run it again")
            yield outcome.value


def _tasks(
    settings: Settings, files: Sequence[ShelfFile], tell: Tell
) -> Iterator[tuple[Path, ShelfFile, Sequence[IndexRow]]]:
    waiting = iter(files)
    while some := list(islice(waiting, FILES_AT_ONCE)):
        names = [file.name for file in some]

        def question(catalogue: Catalogue, names: list[str] = names) -> _Index:
            return warehouse.index_of(catalogue, names)

        no_rows: _Index = {name: [] for name in names}
        index = ask_catalogue(settings, question, empty=no_rows, tell=tell)
        yield from ((settings.shelves, file, index[file.name]) for file in some)


def _audit(task: tuple[Path, ShelfFile, Sequence[IndexRow]]) -> FileAudit:
    return warehouse.audit_file(*task)
