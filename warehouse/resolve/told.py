"""One report as the merge sees it: who, whom, and on which days it can have been."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from warehouse.resolve.names import NAME, UNSURE, Name, likeness, read_name
from warehouse.resolve.titles import portfolios, session_number

UNKNOWN = "???"
"""A country that no text tells, as unresolved_dyads writes it."""
OFFICE, SESSION, MESSAGE = "office", "session", "message"
"""Why two reports are of one visitor where no names say so; the other reasons are those of names.py."""
_SLACK = 2
"""Days by which two papers may differ on the day of one visit."""
_LONGEST = 31
"""Days behind its start at which the end of a visit is still believed."""
_AROUND = {
    "announced": (0, 21),
    "under_way": (-3, 1),
    "concluded": (-7, 0),
    "postponed": (-7, 45),
    "cancelled": (-7, 45),
}
"""An undated visit, in days from the publication: first and last that its status allows."""
_ALIKE = {"royal": "head_of_state"}


@dataclass(frozen=True, slots=True)
class Window:
    """Days (ordinals of `date`) on which a visit can have been; the smaller `rank`, the more it decides."""

    first: int
    last: int
    rank: int
    """0: a day is told. 1: seen from the publication. 2: a month is told. 3: a year is told."""

    def meets(self, other: Window) -> bool:
        return self.first <= other.last + _SLACK and other.first <= self.last + _SLACK

    def distance(self, other: Window) -> int:
        """Days between the beginnings."""
        return abs(self.first - other.first)


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """Who travels on what errand, as a report says it. Reports that say the same share one, so that voices, of which
    an archive has far fewer than reports, are compared by pairs and remembered."""

    name: Name | None
    office: str | None
    portfolios: frozenset[str]
    session: int | None
    has_message: bool
    is_placed: bool
    """Whether both states are known."""


@dataclass(frozen=True, slots=True)
class Told:
    """A report with what matters for merging."""

    key: tuple[str, int]
    """Article and ordinal: the report's name across the article's wordings."""
    report_id: str
    dyad: tuple[str, str]
    published_on: date | None
    status: str
    window: Window | None
    voice: Voice

    @property
    def printed(self) -> tuple[date, tuple[str, int]]:
        """Order by the press's own time: which paper was fetched first is chance, and must decide nothing."""
        return (self.published_on or date.max, self.key)


def told(row: dict[str, Any]) -> Told:
    """A row of reports_to_resolve, ready to be compared."""
    dyad = (row["visitor_country"] or UNKNOWN, row["host_country"] or UNKNOWN)
    return Told(
        (row["article_id"], row["ordinal"]),
        row["report_id"],
        dyad,
        row["published_on"],
        row["status"],
        window(row),
        _voice(
            row["visitor_name"],
            row["visitor_office"],
            row["visitor_title_text"],
            row["committee_session_number"],
            row["message_from"] is not None,
            UNKNOWN not in dyad,
        ),
    )


@lru_cache(maxsize=262144)
def _voice(
    name: str | None, office: str | None, title: str | None, session: str | None, has_message: bool, is_placed: bool
) -> Voice:
    return Voice(
        read_name(name) if name else None,
        _ALIKE.get(office, office) if office else None,
        portfolios(title) if office in ("minister", "deputy_minister") else frozenset(),
        session_number(session),
        has_message,
        is_placed,
    )


def window(row: dict[str, Any]) -> Window | None:
    """When the visit can have been by this report; None if neither it nor its publication is dated."""
    start, end, precision = row["start_on"], row["end_on"], row["start_on_precision"]
    if start and precision == "day":
        first = start.toordinal()
        last = end.toordinal() if end and row["end_on_precision"] == "day" else first
        return Window(first, last if first <= last <= first + _LONGEST else first, 0)
    if start and precision == "month":
        return Window(start.toordinal(), start.toordinal() + 30, 2)
    if end and row["end_on_precision"] == "day":
        return Window(end.toordinal() - 3, end.toordinal(), 1)
    published: date | None = row["published_on"]
    if start and precision == "year":
        return Window(start.toordinal(), start.toordinal() + 365, 3)
    if published is None:
        return None
    before, behind = _AROUND[row["status"]]
    return Window(published.toordinal() + before, published.toordinal() + behind, 1)


@lru_cache(maxsize=262144)
def contradicts(one: Voice, other: Voice) -> bool:
    """Whether two reports of one dyad can't mean one visitor on one errand, whatever other reports say."""
    if one.session and other.session and one.session != other.session:
        return True
    like = likeness(one.name, other.name) if one.name and other.name else UNSURE
    if like is None:
        return True
    # a minister may hold two portfolios of which each paper prints one; a surname alone may be that of two ministers
    is_one_name = like != UNSURE and one.name and other.name and min(len(one.name.words), len(other.name.words)) > 1
    parted = one.portfolios and other.portfolios and not one.portfolios & other.portfolios
    return bool(parted and not is_one_name)


@lru_cache(maxsize=262144)
def reason(one: Voice, other: Voice) -> str | None:
    """Why two reports of one dyad, which don't contradict each other, mean one visitor; None where nothing says so."""
    like = likeness(one.name, other.name) if one.name and other.name else UNSURE
    is_one_office = one.office is None or other.office is None or one.office == other.office
    with_message = one.has_message and other.has_message
    if like == NAME:
        return NAME
    if like not in (None, UNSURE) and (is_one_office or with_message):
        return like
    if not one.is_placed:
        return None
    if one.session and one.session == other.session:
        return SESSION
    if is_one_office:
        return OFFICE
    return MESSAGE if with_message and "special_envoy" in (one.office, other.office) else None
