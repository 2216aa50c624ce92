"""The keeper's questions to the catalogue: what its index says of the files on the shelves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from warehouse.catalogue import Catalogue
from warehouse.load import with_table
from warehouse.marks import Shelfmark
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
