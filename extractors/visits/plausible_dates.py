"""Can a date belong to a visit that is to come, goes on or is over?"""

from __future__ import annotations

from datetime import date, timedelta

from extractors.visits.calendar_days import day_of
from extractors.visits.date_mentions import DateMention
from extractors.visits.datecues import Role
from extractors.visits.datesites import FORMS

_LONGEST_VISIT = timedelta(30)
_LONGEST_STAY = timedelta(21)
_LONGEST_AGO = timedelta(75)
_LONGEST_AHEAD = timedelta(400)
_YEAR_LENGTH = 4


def is_possible(mention: DateMention, role: Role, status: str | None) -> bool:
    """A visit told in retrospect may itself be the earlier one; "dans la soirée" only tells when it ends."""
    if mention.anaphor == "same_day" and role not in ("end", "leave"):
        return False
    return role != "trap" and (role != "earlier" or status == "concluded")


def is_plausible(mention: DateMention, status: str | None, published: date | None) -> bool:
    """Whether a day can belong to a visit of this status; what has no value is judged by its form alone."""
    if mention.form == "duration":
        return mention.days is not None and mention.days <= _LONGEST_VISIT.days
    if mention.precision != "day":
        return _is_plausible_month(mention, status, published)
    first, last = day_of(mention.first), day_of(mention.last) or day_of(mention.first)
    if first is None or last is None or published is None:
        return status != "under_way" or mention.form in FORMS
    if status is None:
        return published - _LONGEST_AGO <= first and last <= published + _LONGEST_AGO
    if status == "announced":
        return published <= last <= published + _LONGEST_AHEAD
    if status == "under_way":
        return first >= published - _LONGEST_STAY and last <= published + _LONGEST_VISIT
    if status == "concluded":
        return first <= published and (first >= published - _LONGEST_AGO or _has_year(mention))
    return True


def _is_plausible_month(mention: DateMention, status: str | None, published: date | None) -> bool:
    """Of what is going on the day is told, not the month; what is to come is not told of a month gone by."""
    if status == "under_way":
        return False
    if mention.first is None or published is None:
        return True
    month = published.isoformat()[: len(mention.first)]
    return mention.first >= month if status == "announced" else mention.first <= month or status != "concluded"


def _has_year(mention: DateMention) -> bool:
    """Whether the year of a day is told, if only by "du 30 janvier au 1er février derniers"."""
    is_last = mention.direction == "past" and mention.form in ("day", "range")
    return is_last or bool(mention.first and mention.first[:_YEAR_LENGTH] in mention.text)
