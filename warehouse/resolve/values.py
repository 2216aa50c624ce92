"""What a visit is said to be: majority of its reports by confidence and closeness, status as told last."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import Any

from warehouse.resolve.names import likeness, read_name
from warehouse.resolve.titles import session_number

Row = dict[str, Any]

_VOTED = (
    "visitor_name", "visitor_office", "visitor_title_text", "host_name", "host_office", "occasion", "committee_name",
    "committee_session_number", "message_from",
)  # fmt: skip
_GATHERED = ("cities", "topics", "outcomes", "delegation")
_STATUS = ("announced", "postponed", "under_way", "concluded", "cancelled")
_DATES = ("start_on", "end_on")
_COLUMNS = {name: (name, f"{name}_value", f"{name}_precision", f"{name}_basis") for name in _DATES}
_PRECISION = ("day", "month", "year")
_CLOSEST = {"visitor_name": "visitor", "visitor_office": "visitor", "visitor_title_text": "visitor",
            "host_name": "host", "host_office": "host", "cities": "host"}  # fmt: skip
"""Whose press knows a field best."""
_BEST, _FAR = 1.25, 0.75
"""What a report weighs beside its confidence: the press that knows the field best, and that of a third state."""


def visit_row(visit_id: str, rows: Sequence[Row], dating: Collection[str] | None = None) -> Row:
    """The row of `visits` for the reports of one visit, of which there is at least one, in the order of their printing.

    `dating` names the reports that tell its days, where others tell days from which it was put off; None: all do.
    """
    days = [row["published_on"] for row in rows if row["published_on"]]
    voted = {name: majority(rows, name) for name in _VOTED}
    return {
        "visit_id": visit_id,
        "visitor_country": rows[0]["visitor_country"],
        "host_country": rows[0]["host_country"],
        **voted,
        "committee_session": session_number(voted["committee_session_number"]),
        "kind": majority(_labelled(rows), "kind") or "unspecified",
        "status": max(rows, key=_last_told)["status"],
        **_dates(rows if dating is None else [row for row in rows if row["report_id"] in dating]),
        **{name: _gathered(rows, name) for name in _GATHERED},
        "report_count": len(rows),
        "paper_count": len({row["source"] for row in rows}),
        "sides": sorted({side for row in rows if (side := side_of(row))}, key=("visitor", "host", "third").index),
        "first_told_on": min(days, default=None),
        "last_told_on": max(days, default=None),
        "first_report_id": rows[0]["report_id"],
        "confidence": max(row["confidence"] for row in rows),
        "is_sample": rows[0]["is_sample"],
    }


def conflicts(visit: Row, rows: Sequence[Row], dating: Collection[str] | None = None) -> Iterator[Row]:
    """Rows of `visit_conflicts`: every value of a field of which reports say what can't be true together.

    Another spelling of a name, a month that holds the day, and a title are no conflicts; neither is the status, which
    changes with time (visit_status).
    """
    if len(rows) == 1:
        return
    dated = rows if dating is None else [row for row in rows if row["report_id"] in dating]
    for field, differ in _DIFFER.items():
        asked = dated if field.endswith("_value") else _labelled(rows) if field == "kind" else rows
        telling = [row for row in asked if row[field] is not None]
        values = sorted({row[field] for row in telling})
        if not any(differ(a, b) for n, a in enumerate(values) for b in values[n + 1 :]):
            continue
        for value in values:
            its = [row for row in telling if row[field] == value]
            yield {
                "visit_id": visit["visit_id"],
                "field": field.removesuffix("_value"),
                "value": value,
                "weight": round(sum(_weight(row, field) for row in its), 4),
                "report_count": len(its),
                "paper_count": len({row["source"] for row in its}),
                "report_ids": sorted(row["report_id"] for row in its),
                "is_chosen": visit[field] == value,
            }


def side_of(row: Row) -> str | None:
    """Whose press tells it; None while the source's country or both countries are unknown."""
    country, visitor, host = row["source_country"], row["visitor_country"], row["host_country"]
    if country is None:
        return None
    if country == visitor:
        return "visitor"
    if country == host:
        return "host"
    return "third" if visitor and host else None


def majority(rows: Sequence[Row], name: str) -> Any:
    """The value of the greatest weight; of equals the longer, then the one printed first."""
    if len(rows) == 1:  # most visits are told once, and archives hold a million of them
        return rows[0][name]
    weights: dict[Any, float] = {}
    for row in rows:
        if row[name] is not None:
            weights[row[name]] = weights.get(row[name], 0.0) + _weight(row, name)
    return max(weights, key=lambda value: (round(weights[value], 9), len(value)), default=None)


def _weight(row: Row, name: str) -> float:
    """Confidence, more for the press that knows the field best, less for that of a third state."""
    side = side_of(row)
    close = _BEST if side is not None and _CLOSEST.get(name) == side else _FAR if side == "third" else 1.0
    confidence: float = row["confidence"]
    return confidence * close


def _labelled(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row["kind"] != "unspecified"]


def _dates(rows: Sequence[Row]) -> Row:
    """Start and end, each by its own majority; an end that would come before the start is none."""
    start, end = _date(rows, "start_on"), _date(rows, "end_on")
    if start["start_on"] and end["end_on"] and end["end_on"] < start["start_on"]:
        end = _date((), "end_on")
    return start | end


def _date(rows: Sequence[Row], name: str) -> Row:
    """The date by majority among the reports that tell it most exactly, with the best of its bases."""
    if len(rows) == 1 and rows[0][name]:
        return {column: rows[0][column] for column in _COLUMNS[name]}
    for precision in _PRECISION:
        exact = [row for row in rows if row[f"{name}_precision"] == precision and row[name]]
        value = majority(exact, f"{name}_value")
        if value:
            chosen = max((row for row in exact if row[f"{name}_value"] == value), key=lambda row: row["confidence"])
            return {column: chosen[column] for column in _COLUMNS[name]}
    return {name: None, f"{name}_value": None, f"{name}_precision": "unknown", f"{name}_basis": "none"}


def _gathered(rows: Sequence[Row], name: str) -> list[str]:
    """All values that any report names, those of most weight first."""
    if not any(row[name] for row in rows):
        return []
    weights: dict[str, float] = {}
    for row in rows:
        for value in row[name] or ():
            weights[value] = weights.get(value, 0.0) + _weight(row, name)
    return sorted(weights, key=lambda value: (-round(weights[value], 9), value))


def _last_told(row: Row) -> tuple[date, int, str]:
    """The latest publication, of one day the most advanced status; without one, the day of the capture."""
    return (row["published_on"] or row["first_captured_at"].date(), _STATUS.index(row["status"]), row["report_id"])


def _are_two_people(one: str, other: str) -> bool:
    return likeness(read_name(one), read_name(other)) is None


def _are_two_dates(one: str, other: str) -> bool:
    return not one.startswith(other) and not other.startswith(one)


def _are_two_sessions(one: str, other: str) -> bool:
    return session_number(one) != session_number(other)


def _are_two_words(one: str, other: str) -> bool:
    return one != other


_DIFFER: dict[str, Callable[[str, str], bool]] = {
    "visitor_name": _are_two_people,
    "visitor_office": _are_two_words,
    "host_name": _are_two_people,
    "host_office": _are_two_words,
    "kind": _are_two_words,
    "occasion": _are_two_words,
    "start_on_value": _are_two_dates,
    "end_on_value": _are_two_dates,
    "committee_session_number": _are_two_sessions,
}
