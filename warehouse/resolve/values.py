"""What a visit is said to be, chosen from its reports: majority weighted by confidence, status as told last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from warehouse.resolve.told import Told

_VOTED = (
    "visitor_name", "visitor_office", "visitor_title_text", "host_name", "host_office", "occasion", "committee_name",
    "committee_session_number", "message_from",
)  # fmt: skip
_GATHERED = ("cities", "topics", "outcomes", "delegation")
_STATUS = ("announced", "postponed", "under_way", "concluded", "cancelled")
_COLUMNS = {
    name: (name, f"{name}_value", f"{name}_precision", f"{name}_basis") for name in ("start_on", "end_on")
}
_PRECISION = ("day", "month", "year")


def visit_row(visit_id: str, reports: Sequence[Told]) -> dict[str, Any]:
    """The row of `visits` for the reports of one visit, of which there is at least one."""
    rows = [report.row for report in sorted(reports, key=lambda report: report.printed)]
    days = [row["published_on"] for row in rows if row["published_on"]]
    return {
        "visit_id": visit_id,
        "visitor_country": rows[0]["visitor_country"],
        "host_country": rows[0]["host_country"],
        **{name: majority(rows, name) for name in _VOTED},
        "kind": majority([row for row in rows if row["kind"] != "unspecified"], "kind") or "unspecified",
        "status": max(rows, key=_last_told)["status"],
        **_dates(rows),
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


def side_of(row: dict[str, Any]) -> str | None:
    """Whose press tells it; None while the source's country or both countries are unknown."""
    country, visitor, host = row["source_country"], row["visitor_country"], row["host_country"]
    if country is None:
        return None
    if country == visitor:
        return "visitor"
    if country == host:
        return "host"
    return "third" if visitor and host else None


def majority(rows: Sequence[dict[str, Any]], name: str) -> Any:
    """The value with the greatest sum of confidence; of equals the longer, then the one printed first."""
    if len(rows) == 1:  # most visits are told once, and archives hold a million of them
        return rows[0][name]
    weights: dict[Any, float] = {}
    for row in rows:
        if row[name] is not None:
            weights[row[name]] = weights.get(row[name], 0.0) + row["confidence"]
    return max(weights, key=lambda value: (round(weights[value], 9), len(value)), default=None)


def _dates(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Start and end, each by its own majority; an end that would come before the start is none."""
    start, end = _date(rows, "start_on"), _date(rows, "end_on")
    if start["start_on"] and end["end_on"] and end["end_on"] < start["start_on"]:
        end = _date((), "end_on")
    return start | end


def _date(rows: Sequence[dict[str, Any]], name: str) -> dict[str, Any]:
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


def _gathered(rows: Sequence[dict[str, Any]], name: str) -> list[str]:
    """All values that any report names, those of most weight first."""
    if not any(row[name] for row in rows):
        return []
    weights: dict[str, float] = {}
    for row in rows:
        for value in row[name] or ():
            weights[value] = weights.get(value, 0.0) + row["confidence"]
    return sorted(weights, key=lambda value: (-round(weights[value], 9), value))


def _last_told(row: dict[str, Any]) -> tuple[date, int, str]:
    """The latest publication, of one day the most advanced status; without one, the day of the capture."""
    return (row["published_on"] or row["first_captured_at"].date(), _STATUS.index(row["status"]), row["report_id"])
