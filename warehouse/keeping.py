"""The keeper's questions to the catalogue: what its index says of the files on the shelves."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from warehouse.catalogue import Catalogue, locked
from warehouse.errors import CatalogueError, from_os
from warehouse.load import with_table
from warehouse.marks import Shelfmark
from warehouse.stacks import sync_folder
from warehouse.statements import statement

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
