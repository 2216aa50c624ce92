"""A list of addresses, one a line or in the column `url` of a CSV file: each an address, or the reason why not."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

MOST_LINE = 20_000
"""Characters; what is longer is no line of a list."""
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class ListedAddress:
    """One line of a list."""

    line: int
    url: str
    source: str | None = None
    """From a column `source`, where the list has one."""
    problem: str | None = None


def read_list(lines: Iterable[str]) -> Iterator[ListedAddress]:
    """Every line that is neither empty nor a remark (`# …`).

    The list is CSV where its first line names a column `url` (commas, semicolons or tabs); a column `source` may name
    the source of each address. Whether an address is one is found out where it is asked for.
    """
    numbered = ((number, _bounded(line)) for number, line in enumerate(lines, 1))
    told = ((number, line) for number, line in numbered if line and not line.startswith("#"))
    first = next(told, None)
    if first is None:
        return
    delimiter = next((mark for mark in _DELIMITERS if "url" in _names(first[1], mark)), None)
    if delimiter is None and first[1].strip('"').lower() != "url":
        yield from (ListedAddress(number, line) for number, line in chain([first], told))
        return
    names = _names(first[1], delimiter or ",")
    for number, line in told:
        yield _row(number, line, names, delimiter or ",")


def _bounded(line: str) -> str:
    return line.lstrip("\ufeff").strip()[:MOST_LINE]


def _names(line: str, delimiter: str) -> list[str]:
    return [name.strip().lower() for name in _cells(line, delimiter)]


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _row(number: int, line: str, names: list[str], delimiter: str) -> ListedAddress:
    cells = dict(zip(names, (cell.strip() for cell in _cells(line, delimiter)), strict=False))
    url = cells.get("url", "")
    problem = None if url else "looked for an address in the column `url`, found none; mend the line"
    return ListedAddress(number, url, cells.get("source") or None, problem)
