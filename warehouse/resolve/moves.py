"""Visits that changed their date: what was put off, or announced for the same session, joined to its last day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from warehouse.resolve.clusters import Group
from warehouse.resolve.told import SESSION, Told, contradicts

POSTPONED = "postponed"
"""Why a report is of its visit: the visit was put off from the day that it tells."""
FARTHEST = 200
"""Days by which a visit may be put off, and a session held later than announced."""
_PAST = 7
"""Days behind a day at which a paper may still say that it was put off from it."""
_HELD = ("under_way", "concluded")


def joined(found: Sequence[Group]) -> list[Group]:
    """The groups of one dyad, those made one that tell the same visit under several dates, each joined to the next."""
    standing = sorted(found, key=_order)
    spent: set[tuple[str, int]] = set()
    moved = [_movable(group) for group in standing]
    n = 0
    while n < len(standing):
        earlier = standing[n]
        if moved[n] and (target := _target(earlier, standing[n + 1 :], spent)) is not None:
            at, why = target
            _merge(standing[n + 1 + at], earlier, why)
            moved[n + 1 + at] = True
            del standing[n], moved[n]
            continue
        n += 1
    return standing


def _order(group: Group) -> tuple[int, tuple[str, int]]:
    return (group.window.first if group.window else 0, group.leader.key)


def _movable(group: Group) -> bool:
    """Whether a group can have changed its date at all: most have not, and archives hold a million of them."""
    return group.window is not None and (
        all(report.status not in _HELD for report in group.reports) or any(voice.session for voice in group.voices)
    )


def _target(earlier: Group, later: Sequence[Group], spent: set[tuple[str, int]]) -> tuple[int, str] | None:
    """The next group that tells the same visit on a later day, and why."""
    assert earlier.window
    for at, group in enumerate(later):
        if group.window is None:
            continue
        if group.window.first - earlier.window.first > FARTHEST:
            return None
        if group.articles & earlier.articles or not _is_one_visitor(earlier, group):
            continue
        if _is_one_session(earlier, group):
            return at, SESSION
        if any(report.status in _HELD for report in earlier.reports):
            continue
        if told := next(_telling_the_new_day(earlier, group), None):
            spent.add(told.key)
            return at, POSTPONED
        if _is_put_off(earlier, group, spent):
            return at, POSTPONED
        if group.window.rank == 0:
            return None  # the visitor came, and nothing says that it was for this: two visits
    return None


def _is_one_visitor(one: Group, other: Group) -> bool:
    if any(contradicts(a, b) for a in one.voices for b in other.voices):
        return False
    return any(other.reason_for(voice) for voice in one.voices)


def _is_one_session(one: Group, other: Group) -> bool:
    numbers = {voice.session for voice in one.voices if voice.session}
    return bool(numbers & {voice.session for voice in other.voices if voice.session})


def _telling_the_new_day(earlier: Group, later: Group) -> Iterator[Told]:
    """Reports that stand at the new day and say `postponed` while the former one was still to come or just past."""
    assert earlier.window
    last = date.fromordinal(earlier.window.last + _PAST)
    for report in sorted(later.reports, key=lambda report: report.printed):
        day = report.published_on
        if report.status == "postponed" and day and day <= last and _is_told_before(earlier, day):
            yield report


def _is_put_off(earlier: Group, later: Group, spent: set[tuple[str, int]]) -> bool:
    """Whether a report of the earlier day says that it was put off, and the later day was told only since then."""
    days = [
        report.published_on
        for report in earlier.reports
        if report.status == "postponed" and report.published_on and report.key not in spent
    ]
    told = [report.published_on for report in later.reports if report.published_on]
    return bool(days and told) and min(told) >= min(days)


def _is_told_before(group: Group, day: date) -> bool:
    return any(report.published_on and report.published_on <= day for report in group.reports)


def _merge(into: Group, earlier: Group, why: str) -> None:
    """The later group with the reports of the earlier one, which no longer tell its days."""
    into.plan = into.dating[:]
    for report in earlier.reports:
        into.add(report, why)
