"""The keeper's questions to the catalogue: what its index says of the files on the shelves."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from warehouse.catalogue import Catalogue
from warehouse.companions import ShelvedNote
from warehouse.errors import CatalogueError, from_os
from warehouse.groups import Document
from warehouse.load import with_table
from warehouse.marks import Shelfmark
from warehouse.opening import locked
from warehouse.record import RawRecord
from warehouse.rows import moment
from warehouse.shelf import ShelvedCapture, read_date
from warehouse.stacks import sync_folder
from warehouse.statements import statement
from warehouse.striking import Condemned

_INDEX = (
    "shelf_file", "shelf_offset", "shelf_length", "shelf_span", "url", "final_url", "source", "kind", "captured_at",
    "digest", "is_capture",
)  # fmt: skip
IndexRows = dict[str, list[dict[str, Any]]]


def indexed_files(catalogue: Catalogue) -> dict[str, int]:
    """Every file of the shelves that the catalogue knows, with the number of its rows."""
    return dict(catalogue.connection.execute(statement("shelf_files")).fetchall())


def index_of(catalogue: Catalogue, files: Iterable[str]) -> IndexRows:
    """The rows of the index by file, for `audit_file`; a file that the catalogue does not know has none."""
    names = list(files)
    found: IndexRows = {name: [] for name in names}
    asked = pa.table({"url": pa.array(names, pa.string())})
    for row in with_table(catalogue.connection, "asked", asked, "shelf_index"):
        found[row[0]].append(dict(zip(_INDEX, row, strict=True)))
    return found


def held_captures(catalogue: Catalogue, urls: Sequence[str]) -> dict[str, tuple[str, Shelfmark]]:
    """The latest capture of each address that was ever captured: the digest of its body, and where it stands."""
    asked = pa.table({"url": pa.array(dict.fromkeys(urls), pa.string())})
    rows = with_table(catalogue.connection, "asked", asked, "held_captures")
    return {url: (digest, Shelfmark(*mark)) for url, digest, *mark in rows}


def bytes_of_a_run(catalogue: Catalogue) -> int:
    """Bytes that the largest of the last ten runs put on the shelves."""
    row = catalogue.connection.execute(statement("bytes_of_a_run")).fetchone()
    return int(row[0]) if row and row[0] is not None else 0


def retired_captures(catalogue: Catalogue, limits: Mapping[str, datetime]) -> set[tuple[str, datetime]]:
    """(address asked for, time) of captures that are older than the limit of their kind and need not be kept: neither
    the latest of their address nor the one that holds the body of a later one that stays."""
    times = pa.array([moment(at, "limit") for at in limits.values()], pa.timestamp("us", "UTC"))
    asked = pa.table({"kind": pa.array(list(limits), pa.string()), "before": times})
    return set(with_table(catalogue.connection, "asked_limits", asked, "retired_captures"))


def condemn(captures: Collection[tuple[str, datetime]]) -> Condemned:
    """Those captures, for `strike`; what else mentions them stays as it is."""

    def is_struck(record: RawRecord) -> bool:
        headers = record.headers
        url = headers.get("warc-chancery-asked-uri") or headers.get("warc-target-uri", "")
        is_capture = record.type == "response" or "warc-chancery-refers-to" in headers
        return is_capture and (url, read_date(headers["warc-date"])) in captures

    return Condemned(is_struck)


def known_documents(catalogue: Catalogue, documents: Sequence[Document]) -> set[int]:
    """Places in the list of those that the shelves hold already: same address, time and digest."""
    captures = {n: one for n, one in enumerate(documents) if isinstance(one, ShelvedCapture)}
    keys = [(one.url, one.captured_at, one.digest) for one in captures.values()]
    held = catalogue.known_captures(keys)
    found = {n for n, key in zip(captures, keys, strict=True) if key in held}
    notes = {n: one for n, one in enumerate(documents) if isinstance(one, ShelvedNote)}
    times = pa.array([moment(one.at, "recorded_at") for one in notes.values()], pa.timestamp("us", "UTC"))
    urls = pa.array([one.url for one in notes.values()], pa.string())
    asked = pa.table({"n": pa.array(list(notes), pa.int64()), "url": urls, "captured_at": times})
    return found | {n for (n,) in with_table(catalogue.connection, "asked_captures", asked, "known_notes")}


def holdings(catalogue: Catalogue) -> tuple[int, int]:
    """How many captures and how many current reports of visits it holds."""
    row = catalogue.connection.execute(statement("holdings")).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def replace_catalogue(
    path: Path, new: Path, at: datetime, *, wait_seconds: float = 600, on_wait: Callable[[str], None] | None = None
) -> Path | None:
    """Puts a whole, closed catalogue in the place of another, which is moved aside and kept; gives where it stands.

    Order: the new one to the disk, the old one aside, the new one in its place. Killed between the last two there is no
    catalogue under the name, and both are whole: calling it again ends it. Raises CatalogueBusyError, CatalogueError.
    """
    lock = locked(path, wait_seconds, on_wait)
    try:
        with new.open("rb") as stream:
            os.fsync(stream.fileno())
        moved = path.with_name(f"{path.stem}.before-{at:%Y%m%dT%H%M%S}{path.suffix}") if path.exists() else None
        if moved:
            journal = path.with_name(f"{path.name}.wal")
            if journal.exists():
                os.replace(journal, moved.with_name(f"{moved.name}.wal"))
            os.replace(path, moved)
        os.replace(new, path)
        sync_folder(path.parent)
    except OSError as error:
        raise from_os(error, path, "putting the new catalogue in its place", CatalogueError) from error
    finally:
        lock.release()
    new.with_name(f"{new.name}.lock").unlink(missing_ok=True)
    return moved
