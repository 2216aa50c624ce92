"""A date as it is printed, and what several of them tell together: "la veille", "hier 9 octobre"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from extractors.records import Basis, Precision
from extractors.text import Span
from extractors.visits.calendar_days import Direction, day_of

Form = Literal["day", "range", "month", "year", "weekday", "relative", "duration", "vague"]
DAYS_FROM_DAY = {"that_day": 0, "same_day": 0, "day_after": 1, "second_day_after": 2, "day_before": -1}
_FIRST_LINE = 90
_DATELINE = re.compile(r"\W{0,3}(?:[^\W\d_][\w'.]*[ /-]{0,3}){1,4}[,(]? ?(?:the |le |el |في |يوم )?$")
_DATELINE_OF_WEEKDAY = re.compile(r"\W{0,3}(?:[^\W\d_][\w'.]*[ -]?){1,3}[,(] ?$")
_DATELINE_END = re.compile(r"[ ,.)]{0,2}(?:\n|$)|[^.\n]{0,40}?(?:[-–—:/]|\([^)\n]{2,30}\)|\)\s*[.-])")
_STOP = re.compile(r"[.!?؟] |\n")


@dataclass(slots=True, unsafe_hash=True)
class DateMention:
    """A date as printed: text[start:end]; `first` and `last` are ISO days, months or years, None where unknown."""

    start: int
    end: int
    text: str
    first: str | None
    last: str | None
    """The end of a range; None for all other forms."""
    precision: Precision
    basis: Basis
    form: Form
    days: int | None = None
    """Of a duration: how many days ("48 heures" is 2); None where the unit is no day or hour."""
    is_hours: bool = False
    """Of a duration: printed in hours, which end one day later than as many days."""
    is_short: bool = False
    """Of a duration: some hours of one day."""
    is_final: bool = False
    """Of the second, third … day: printed as the last one too."""
    weekday: int | None = None
    """Monday is 0."""
    direction: Direction | None = None
    """Which way the text looks ("lundi prochain", "arrivera lundi"); None where it does not say."""
    is_directed: bool = False
    """Whether a word of direction is printed with it ("prochain", "last"), so that no verb decides."""
    anaphor: str | None = None
    """that_day, day_after, second_day_after or day_before of the day told before it ("la veille"), same_day as a part
    of the day reported on ("dans la soirée"); nth_day ("the second day of the visit"), with its number as `days`, as
    "two days earlier" has it."""


def with_anaphors(mentions: Iterable[DateMention], folded: str, published: date | None) -> Iterator[DateMention]:
    """The same with "la veille" and the like told from the day before them, else from the publication.

    "dans la soirée" in a sentence without a day is that of the day reported on, the latest so far, not of one that
    the article has looked back to ("Arrivé mercredi …"); a dateline tells when was written, not what is reported on.
    """
    day = published
    latest, at = None, 0
    told_later = list(mentions)
    for number, found in enumerate(told_later, 1):
        shift = DAYS_FROM_DAY.get(found.anaphor or "")
        if found.anaphor == "day_before" and at == 0:
            day = _day_behind(found, told_later[number:], folded) or day
        is_apart = found.anaphor == "same_day" and _STOP.search(folded, at, found.start) is not None
        told = latest if is_apart and latest and day and latest > day else day
        if shift is not None and told is not None:
            found = replace(found, first=(told + timedelta(shift * (found.days or 1))).isoformat())
        elif found.form in ("day", "weekday", "relative"):
            own = day_of(found.first)
            day, at = own or day, found.end
            if own is not None and (published is None or own <= published) and not is_dateline(folded, found):
                latest = max(own, latest or own)
        yield found


def _day_behind(first: DateMention, behind: Sequence[DateMention], folded: str) -> date | None:
    """ "Arrivé la veille, il a quitté Lomé mardi": the first day that its sentence tells behind what opens it."""
    near = next((m for m in behind if m.form in ("day", "weekday", "relative")), None)
    is_near = near is not None and _STOP.search(folded, first.end, near.start) is None
    return day_of(near.first) if near and is_near else None


def is_dateline(folded: str, mention: DateMention) -> bool:
    """ "Abidjan, 17 fév (AIP) -" at the head of the text."""
    is_early = mention.start < _FIRST_LINE and mention.form in ("day", "weekday")
    if not is_early or "\n" in folded[: mention.start].strip():
        return False
    head = _DATELINE_OF_WEEKDAY if mention.form == "weekday" else _DATELINE
    return bool(head.match(folded[: mention.start]) and _DATELINE_END.match(folded, mention.end))


def latest_day(mentions: Iterable[DateMention], stretches: Sequence[Span]) -> str | None:
    """The latest day that some stretches print with its year: when a text without a publication day was written."""
    days = (m.first for m in mentions if m.form == "day" and any(s.start <= m.start < s.end for s in stretches))
    return max(filter(None, days), default=None)


def merged(text: str, mentions: list[DateMention]) -> Iterator[DateMention]:
    """ "hier 9 octobre", "ce lundi 3 mai": what tells one day twice is one mention, the printed day wins."""
    at = 0
    while at < len(mentions):
        kept, at = mentions[at], at + 1
        while at < len(mentions) and _tell_one_day(text, kept, mentions[at]):
            second, at = mentions[at], at + 1
            better = second if second.form in ("day", "range") or kept.anaphor == "same_day" else kept
            kept = replace(better, start=kept.start, end=second.end, text=text[kept.start : second.end])
        yield kept


def _tell_one_day(text: str, first: DateMention, second: DateMention) -> bool:
    if first.form not in ("relative", "weekday") or second.form not in ("relative", "weekday", "day"):
        return False
    if text[first.end : second.start].strip(" ,،(") or second.start - first.end > 3:
        return False
    told = day_of(first.first)
    if told is None or not second.first or second.form == "day" or first.first == second.first:
        return True
    return first.form == "relative" and told.weekday() == second.weekday
