"""What became of visits: a line for each that was created, joined, merged, split or withdrawn, with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

from warehouse.resolve.clusters import LEADS
from warehouse.resolve.told import Told

Row = dict[str, Any]
Key = tuple[str, int]
Linked = tuple[str, Told, str]
"""A visit, one of its reports, and why it is one."""


def events(before: Set[str], earlier: Mapping[Key, str], links: Iterable[Linked]) -> Iterator[Row]:
    """Rows of `visit_history` for what is another way than `before`; `earlier` gives the visit of each report then."""
    by_visit: dict[str, list[tuple[Told, str]]] = {}
    for id, report, why in links:
        by_visit.setdefault(id, []).append((report, why))
    for id, its in by_visit.items():
        yield from _of_visit(id, its, earlier, before, by_visit.keys())
    heirs = redirects(earlier, {report.key: id for id, its in by_visit.items() for report, _ in its}, by_visit.keys())
    for gone in sorted(before - by_visit.keys()):
        if gone not in heirs:
            yield _event(gone, "withdrawn", "no report tells it any more")


def redirects(earlier: Mapping[Key, str], now: Mapping[Key, str], standing: Iterable[str]) -> dict[str, str]:
    """Of each visit that is no more, the one that has most of its reports now; those without any are left out."""
    gone = set(earlier.values()) - set(standing)
    votes: dict[str, Counter[str]] = {}
    for key, id in earlier.items():
        if id in gone and key in now:
            votes.setdefault(id, Counter())[now[key]] += 1
    return {id: min(found, key=lambda heir: (-found[heir], heir)) for id, found in votes.items()}


def _of_visit(
    id: str, its: list[tuple[Told, str]], earlier: Mapping[Key, str], before: Set[str], standing: Iterable[str]
) -> Iterator[Row]:
    origins = Counter(earlier[report.key] for report, _ in its if report.key in earlier)
    if id not in before:
        first = min((report for report, _ in its), key=lambda report: report.printed)
        if origins:
            parent = min(origins, key=lambda origin: (-origins[origin], origin))
            yield _event(id, "split", "its reports can't be of the same visit any more", first, parent)
        else:
            yield _event(id, "created", "no visit took its first report", first)
        return
    for other in sorted(origins):
        if other != id:
            is_gone = other not in standing
            told = "its reports were found to tell this one" if is_gone else "some of its reports tell this one"
            yield _event(id, "merged" if is_gone else "joined", told, other=other)
    for report, why in sorted(its, key=lambda found: found[0].printed):
        if report.key not in earlier:
            told = "same visit: it tells the day most exactly" if why == LEADS else f"same visit by {why}"
            yield _event(id, "joined", told, report)


def _event(id: str, event: str, reason: str, report: Told | None = None, other: str | None = None) -> Row:
    report_id = report.report_id if report else None
    return {"visit_id": id, "event": event, "reason": reason, "report_id": report_id, "other_id": other}
