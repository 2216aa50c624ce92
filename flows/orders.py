"""The order book: what a feed said of the pages that are being fetched, kept until they are in the catalogue.

A run that is killed leaves it behind, so that the next one reads the shelved pages with what their feed said of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from extractors import Entry
from flows.desk import orders_folder
from flows.settings import Settings


def write_orders(settings: Settings, source: str, entries: Sequence[Entry]) -> None:
    """Notes the entries before the first of their pages is fetched; the file is there whole or not at all."""
    path = _path(settings, source)
    aside = path.with_suffix(".aside")
    aside.write_text(json.dumps([asdict(entry) for entry in entries], ensure_ascii=False), encoding="utf-8")
    aside.replace(path)


def end_orders(settings: Settings, source: str) -> None:
    """The source's pages are in the catalogue."""
    _path(settings, source).unlink(missing_ok=True)


def left_orders(settings: Settings) -> dict[tuple[str, str], Entry]:
    """Entries by source and address, of runs that came to no end (and of those that are still at work)."""
    return dict(_left(settings))


def _left(settings: Settings) -> Iterator[tuple[tuple[str, str], Entry]]:
    for path in sorted(orders_folder(settings).glob("*.json")):
        try:
            rows = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:  # its run came to an end meanwhile
            continue
        for row in rows:
            entry = Entry(**row)
            yield (path.stem, entry.url), entry


def _path(settings: Settings, source: str) -> Path:
    return orders_folder(settings) / f"{source}.json"
