"""Reports of one dyad grouped into visits: whatever order they came in, the groups are the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from warehouse.resolve.told import Told, Window, is_same_visitor

_LONGEST = 15
"""Days to which exact reports may stretch the days of one visit."""
_BUCKET = 32


@dataclass(slots=True)
class Group:
    """The reports of one visit; the first one leads."""

    leader: Told
    window: Window | None
    reports: list[Told] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)

    def add(self, report: Told) -> None:
        self.reports.append(report)
        self.articles.add(report.key[0])

    def takes(self, report: Told) -> bool:
        """Whether the report can tell this visit: not from an article that has already told it, since the codebook
        makes separate records only of separate trips; the same visitor as of every report that names one."""
        if report.key[0] in self.articles or self.window is None or report.window is None:
            return False
        return self.window.meets(report.window) and all(is_same_visitor(one, report) for one in self.reports)


def groups(reports: Iterable[Told]) -> list[Group]:
    """The visits of one dyad. Reports that tell a day come first and lead; undated ones join the nearest."""
    found: list[Group] = []
    buckets: dict[int, list[Group]] = {}
    for report in sorted(reports, key=_order):
        group = _nearest(report, buckets)
        if group is None:
            group = Group(report, report.window)
            found.append(group)
            _enter(group, report.window, buckets)
        elif report.window and group.window and report.window.rank == group.window.rank == 0:
            _stretch(group, report.window, buckets)
        group.add(report)
    return found


def _order(report: Told) -> tuple[int, int, bool, tuple[str, int]]:
    """The most exact first, then by day, those with a name before those without."""
    window = report.window or Window(0, 0, 9)
    return (window.rank, window.first, not report.names, report.key)


def _nearest(report: Told, buckets: dict[int, list[Group]]) -> Group | None:
    """The group that takes the report and whose beginning is nearest; of equals, the one whose leader comes first."""
    near = {id(group): group for at in _span(report.window, 1) for group in buckets.get(at, ())}
    fitting = [group for group in near.values() if group.takes(report)]
    return min(fitting, key=lambda group: _closeness(group, report), default=None)


def _closeness(group: Group, report: Told) -> tuple[int, tuple[str, int]]:
    assert group.window and report.window
    return (group.window.distance(report.window), group.leader.key)


def _stretch(group: Group, more: Window, buckets: dict[int, list[Group]]) -> None:
    held = group.window
    assert held
    first, last = min(held.first, more.first), max(held.last, more.last)
    if last - first <= max(_LONGEST, held.last - held.first):
        group.window = Window(first, last, 0)
        _enter(group, more, buckets)


def _enter(group: Group, window: Window | None, buckets: dict[int, list[Group]]) -> None:
    for at in _span(window, 0):
        buckets.setdefault(at, []).append(group)


def _span(window: Window | None, margin: int) -> Iterator[int]:
    if window:
        yield from range(window.first // _BUCKET - margin, window.last // _BUCKET + margin + 1)
