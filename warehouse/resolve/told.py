"""One report as the merge sees it: who, whom, and on which days it can have been."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

UNKNOWN = "???"
"""A country that no text tells, as unresolved_dyads writes it."""
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
_WORD = re.compile(r"\w+")


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


@dataclass(frozen=True, slots=True)
class Told:
    """A report with what matters for merging, and its row for the rest."""

    key: tuple[str, int]
    """Article and ordinal: the report's name across the article's wordings."""
    row: dict[str, Any]
    window: Window | None
    names: frozenset[str]
    office: str | None

    @property
    def printed(self) -> tuple[date, tuple[str, int]]:
        """Order by the press's own time: which paper was fetched first is chance, and must decide nothing."""
        return (self.row["published_on"] or date.max, self.key)

    @property
    def dyad(self) -> tuple[str, str]:
        return (self.row["visitor_country"] or UNKNOWN, self.row["host_country"] or UNKNOWN)


def told(row: dict[str, Any]) -> Told:
    """A row of reports_to_resolve, ready to be compared."""
    office = row["visitor_office"]
    name = row["visitor_name"]
    return Told(
        key=(row["article_id"], row["ordinal"]),
        row=row,
        window=window(row),
        names=folded_names(name) if name else frozenset(),
        office=_ALIKE.get(office, office),
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


def is_same_visitor(one: Told, other: Told) -> bool:
    """Whether two reports of one dyad can mean one visitor: by name where both print one, else by office."""
    if one.names and other.names:
        return agree(one.names, other.names)
    if UNKNOWN in one.dyad:
        return False
    return one.office is None or other.office is None or one.office == other.office


def agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether all words of the shorter name stand in the longer one; a single letter stands for a first name."""
    short, long = sorted((one, other), key=lambda words: (len(words), sorted(words)))
    missing = short - long
    if not missing:
        return True
    initials = {word for word in missing if len(word) == 1}
    return missing == initials and len(short) > len(initials) and initials <= {word[0] for word in long}


@lru_cache(maxsize=65536)
def folded_names(name: str) -> frozenset[str]:
    """The words of a name without case, accents and doubled letters."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return frozenset(re.sub(r"(\w)\1+", r"\1", word) for word in _WORD.findall(plain))
