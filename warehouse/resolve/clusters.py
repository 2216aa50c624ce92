"""Reports of one dyad grouped into visits: whatever order they came in, the groups are the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from warehouse.resolve.told import OFFICE, Told, Voice, Window, contradicts, reason

LEADS = "leads"
"""Why a report is of its visit: it was there first, by the order of exactness."""
_LONGEST = 15
"""Days to which exact reports may stretch the days of one visit."""
_BUCKET = 8
"""Days by which groups are looked up: a few more than papers may differ."""


@dataclass(slots=True)
class Group:
    """The reports of one visit; the first one leads."""

    leader: Told
    window: Window | None
    reports: list[Told] = field(default_factory=list)
    reasons: dict[tuple[str, int], str] = field(default_factory=dict)
    """Why each report is of this visit, by its key."""
    articles: set[str] = field(default_factory=set)
    voices: dict[Voice, None] = field(default_factory=dict)
    """What its reports say of the visitor, each once."""
    offices: set[str] = field(default_factory=set)
    plan: list[Told] = field(default_factory=list)
    """Its reports since it was last put off: those that tell its days. Empty while nothing was put off: all of them."""

    @property
    def dating(self) -> list[Told]:
        """The reports that tell the days that hold."""
        return self.plan or self.reports

    def add(self, report: Told, why: str) -> None:
        self.reports.append(report)
        self.reasons[report.key] = why
        self.articles.add(report.key[0])
        self.voices[report.voice] = None
        if report.voice.office:
            self.offices.add(report.voice.office)

    def takes(self, report: Told) -> str | None:
        """Why the report can tell this visit: not if it is of an article that has already told it, since the codebook
        makes separate records only of separate trips, and not if any report contradicts it."""
        if report.key[0] in self.articles or self.window is None or report.window is None:
            return None
        if not self.window.meets(report.window) or any(contradicts(one, report.voice) for one in self.voices):
            return None
        return self.reason_for(report.voice)

    def reason_for(self, voice: Voice) -> str | None:
        """The best reason that any report gives. An office that is not told joins two others to nothing."""
        found = {why for one in self.voices if (why := reason(one, voice))}
        if found == {OFFICE} and voice.office and self.offices and voice.office not in self.offices:
            return None
        return min(found, key=_REASONS.index, default=None)


_REASONS = ("name", "spelling", "script", "session", "message", "office")


def groups(reports: Iterable[Told]) -> list[Group]:
    """The visits of one dyad by days and visitors. Reports that tell a day come first and lead; undated ones join the
    nearest. What was put off is joined to its new date by `moves.joined`."""
    found: list[Group] = []
    buckets: dict[int, list[Group]] = {}
    for report in sorted(reports, key=_order):
        group, why = _nearest(report, buckets)
        if group is None:
            group, why = Group(report, report.window), LEADS
            found.append(group)
            _enter(group, report.window, buckets)
        elif report.window and group.window and report.window.rank == group.window.rank == 0:
            _stretch(group, report.window, buckets)
        group.add(report, why)
    return found


def _order(report: Told) -> tuple[int, int, bool, tuple[str, int]]:
    """The most exact first, then by day, those with a name before those without."""
    window = report.window or Window(0, 0, 9)
    return (window.rank, window.first, report.voice.name is None, report.key)


def _nearest(report: Told, buckets: dict[int, list[Group]]) -> tuple[Group | None, str]:
    """The group that takes the report and whose beginning is nearest; of equals, the one whose leader comes first."""
    near = {id(group): group for at in _span(report.window, 1) for group in buckets.get(at, ())}
    fitting = [(group, why) for group in near.values() if (why := group.takes(report))]
    return min(fitting, key=lambda found: _closeness(found[0], report), default=(None, LEADS))


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
        held = buckets.setdefault(at, [])
        if not held or held[-1] is not group:
            held.append(group)


def _span(window: Window | None, margin: int) -> Iterator[int]:
    if window:
        yield from range(window.first // _BUCKET - margin, window.last // _BUCKET + margin + 1)
