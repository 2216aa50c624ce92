"""Who held the office: the name behind a title, from other articles of the archive or an operator's list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.load import with_table
from warehouse.resolve.names import likeness, read_name
from warehouse.statements import statement

Row = dict[str, Any]

HOLDERS, BETWEEN, BEFORE, AFTER = "holders", "between", "before", "after"
_YEAR, _NEAR = 365, 90
_CONFIDENCE = {HOLDERS: 0.97, BETWEEN: 0.95}
_ONE_SIDED = ((_NEAR, 0.8), (_YEAR, 0.6))
"""Days to the only article that names a holder, and what that is worth."""
_SCHEMA = pa.schema(
    [("visit_id", pa.string()), ("visitor_resolved", pa.string()), ("basis", pa.string()), ("confidence", pa.float64()),
     ("article_ids", pa.list_(pa.string())), ("holder_ids", pa.string())]
)  # fmt: skip


def fill_resolved(connection: duckdb.DuckDBPyConnection, holders: Sequence[Mapping[str, Any]]) -> None:
    """Fills visitors_resolved of the file that is being published. `holders` are rows of country (ISO 3166-1 alpha-3),
    office, name, valid_from, valid_to (days; None = open) and ids."""
    unnamed = connection.execute(statement("unnamed_visits")).to_arrow_table().to_pylist() if holders else []
    listed = {row["visit_id"]: row for row in from_list(unnamed, holders)}
    mentioned = connection.execute(statement("office_mentions")).to_arrow_table().to_pylist()
    told = [row for row in map(from_mentions, mentioned) if row and row["visit_id"] not in listed]
    rows = pa.Table.from_pylist([*listed.values(), *told], _SCHEMA)
    with_table(connection, "incoming_resolved", rows, "fill_visitors_resolved")


def from_list(unnamed: Sequence[Mapping[str, Any]], holders: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    """Visits whose day falls into the time of one listed holder of the office; of two at once neither is taken."""
    by_office: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for holder in holders:
        by_office.setdefault((holder["country"], holder["office"]), []).append(holder)
    for visit in unnamed:
        its = by_office.get((visit["country"], visit["office"]), ())
        found = [holder for holder in its if _holds(holder, visit["day"])]
        if len(found) == 1:
            yield _row(visit["visit_id"], found[0]["name"], HOLDERS, _CONFIDENCE[HOLDERS], [], found[0].get("ids"))


def from_mentions(visit: Mapping[str, Any]) -> Row | None:
    """The holder by the articles nearest to the day; None where they name two people, or none within a year."""
    before, after = _near(visit, "before"), _near(visit, "after")
    if before and after:
        if likeness(read_name(before[0]), read_name(after[0])) is None:
            return None
        # one article of the very day is both
        name = max(before[0], after[0], key=lambda name: (len(name), name))
        return _row(visit["visit_id"], name, BETWEEN, _CONFIDENCE[BETWEEN], sorted({before[2], after[2]}))
    nearest = before or after
    if nearest is None:
        return None
    name, days, article = nearest
    worth = next(worth for most, worth in _ONE_SIDED if days <= most)
    return _row(visit["visit_id"], name, BEFORE if before else AFTER, worth, [article])


def _near(visit: Mapping[str, Any], side: str) -> tuple[str, int, str] | None:
    """Name, days between, and article of the nearest mention on one side, within a year."""
    name, day = visit[f"{side}_name"], visit[f"{side}_day"]
    if name is None or abs((visit["day"] - day).days) > _YEAR:
        return None
    return name, abs((visit["day"] - day).days), visit[f"{side}_article"]


def _holds(holder: Mapping[str, Any], day: date) -> bool:
    first, last = holder.get("valid_from"), holder.get("valid_to")
    return (first is None or first <= day) and (last is None or day <= last)


def _row(id: str, name: str, basis: str, confidence: float, articles: list[str], ids: str | None = None) -> Row:
    return {
        "visit_id": id,
        "visitor_resolved": name,
        "basis": basis,
        "confidence": confidence,
        "article_ids": articles,
        "holder_ids": ids,
    }
