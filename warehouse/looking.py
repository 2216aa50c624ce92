"""Looks into a catalogue that this user may not write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

from warehouse.catalogue import Catalogue, open_catalogue
from warehouse.errors import CatalogueClosedError, CatalogueVersionError
from warehouse.migrate import is_current, refuse_newer, version_of
from warehouse.opening import in_words, quoted
from warehouse.statements import statement


def look_into(path: Path, *, wait_seconds: float = 600, on_wait: Callable[[str], None] | None = None) -> Catalogue:
    """Opens the catalogue to ask it: as `open_catalogue` does, or, where this user may not write, as it is and
    without its lock. An older catalogue, which can't be brought to this version then, raises CatalogueVersionError."""
    try:
        return open_catalogue(path, wait_seconds=wait_seconds, on_wait=on_wait)
    except CatalogueClosedError:
        connection = duckdb.connect()
    try:
        with in_words(path, "looking at the catalogue"):
            # attached, not opened: DuckDB 1.5 can't replay a journal that defines tables when it opens the file
            connection.execute(statement("attach_to_look").format(path=quoted(path)))
            connection.execute(statement("use_looked_at"))
            connection.execute(statement("session"))
            refuse_newer(version_of(connection), path)
            if not is_current(connection):
                raise CatalogueVersionError(
                    f"{path}: written by an older Chancery, and this user may not bring it to this version; let one "
                    "who may write run `chancery status` once, or look at a copy"
                )
    except BaseException:
        connection.close()
        raise
    return Catalogue(path, connection, None)
