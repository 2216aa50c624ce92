"""Days of the calendar: which one a weekday, a day without its year or a shifted month is."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from extractors.records import Precision

Direction = Literal["past", "future"]
WRONG = date.min
"""Stands for a day that the calendar does not have."""
_FIRST_YEAR, _LAST_YEAR = 1800, 2200

_FRIDAY = 4
_HALF_A_WEEK = 3


@lru_cache(maxsize=4096)
def day_of(published_on: str | None) -> date | None:
    """An ISO day as a date; None for anything else."""
    try:
        found = date.fromisoformat(published_on) if published_on else None
    except ValueError:
        return None
    return found if found and _FIRST_YEAR < found.year < _LAST_YEAR else None


def weekday_near(
    published: date, weekday: int, direction: Direction | None, *, is_strict: bool = False, is_this: bool = False
) -> date:
    """The last such day up to `published`, or the next one from it on; a strict one is never that day itself.

    "ce jeudi" (`is_this`), where no verb says which way, is the nearer one of both.
    """
    ahead = (weekday - published.weekday()) % 7
    if direction == "future" or (direction is None and is_this and ahead <= _HALF_A_WEEK):
        return published + timedelta(ahead or (7 if is_strict else 0))
    behind = (published.weekday() - weekday) % 7
    return published - timedelta(behind or (7 if is_strict else 0))


def weekend_near(published: date, direction: Direction | None, *, is_strict: bool = False) -> tuple[date, date]:
    """Saturday and Sunday of a weekend: the running one of `published`, unless strict, else the one on that side."""
    saturday = published - timedelta((published.weekday() + 2) % 7)
    is_running = published - saturday <= timedelta(1)
    # on a Friday "ce week-end" is the one at hand, whatever has happened before it
    is_at_hand = not is_strict and published.weekday() == _FRIDAY
    if is_at_hand or (direction == "future" and (is_strict or not is_running)):
        saturday += timedelta(7)
    elif is_strict and is_running:
        saturday -= timedelta(7)
    return saturday, saturday + timedelta(1)


def precision_of(iso: str) -> Precision:
    return "day" if len(iso) == len("2000-01-01") else "month" if len(iso) == len("2000-01") else "year"


def date_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def year_number(printed: str | None) -> int | None:
    if not printed:
        return None
    return int(printed) if len(printed) > 2 else 2000 + int(printed)


def nearest(days: list[date], published: date, weekday: int | None, side: str | None) -> date | None:
    """The nearest day to the publication, on the told side of it, and of the printed weekday if one is."""
    if weekday is not None:
        days = [day for day in days if day.weekday() == weekday] or days
    if side in ("next", "last"):
        days = [day for day in days if (day >= published if side == "next" else day <= published)] or days
    return min(days, key=lambda day: abs((day - published).days), default=None)


def ordered(first: date | None, last: date | None) -> tuple[date | None, date | None]:
    """A range runs forward: "30 décembre au 2 janvier" crosses the year."""
    if first is None or last is None or first <= last:
        return first, last
    earlier = date_of(first.year - 1, first.month, first.day)
    if earlier and first.month > last.month:
        return earlier, last
    return WRONG, WRONG


def shifted(published: date, unit: str, shift: int) -> str | None:
    if unit == "year":
        return str(published.year + shift)
    if unit == "month":
        months = published.year * 12 + published.month - 1 + shift
        return f"{months // 12}-{months % 12 + 1:02}"
    return None


def nearest_month(month: str, published: date) -> str:
    """ "a annulé la visite qu'il devait effectuer début avril": a month of which no verb says which way it lies."""
    number, this = int(month.split("-")[1]), published.year * 12 + published.month
    year = min((published.year + 1, published.year, published.year - 1), key=lambda y: abs(y * 12 + number - this))
    return f"{year}-{number:02}"
