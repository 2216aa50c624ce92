"""Which days, months and spans of time does this text name, and which are they on the calendar?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import compress
from typing import Any

from extractors.records import Basis, Precision
from extractors.text import fold, tokens
from extractors.visits.calendar_days import (
    WRONG,
    Direction,
    date_of,
    day_of,
    nearest,
    ordered,
    precision_of,
    shifted,
    weekday_near,
    weekend_near,
    year_number,
)  # fmt: skip
from extractors.visits.calendar_words import Calendar, load_calendar
from extractors.visits.date_anchors import anchors_of
from extractors.visits.date_mentions import DAYS_FROM_DAY, DateMention, Form, merged, with_anaphors
from extractors.visits.gazetteer import MARKS
from extractors.visits.tenses import looks_ahead

_SIDE = 24
_SENTENCE = 240
_HOURS_A_DAY = 24
_ARABIC_ONE = ("ا", "د")
"""The endings of one day or week as a length of time; two end in ن."""


def find_dates(
    text: str, language: str | None, published_on: str | None, folded: str | None = None
) -> tuple[DateMention, ...]:
    """The dates of a text in reading order; empty where we don't know the language.

    Weekdays and relative days are resolved against `published_on` (ISO day) and unknown without it; a bare weekday
    looks the way of the nearest verb. A year that is not printed is the one nearest to the publication.
    """
    calendar = load_calendar(language) if language else None
    if calendar is None:
        return ()
    reader = _Reader(text, fold(text) if folded is None else folded, calendar, day_of(published_on))
    return tuple(merged(text, list(with_anaphors(reader.mentions(), reader.folded, reader.published))))


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    folded: str
    calendar: Calendar
    published: date | None

    def mentions(self) -> Iterator[DateMention]:
        covered = 0
        starts, words = tokens(self.folded, parts_underscores=True)
        anchors = list(map(anchors_of(self.calendar.language).__getitem__, words))
        for begin, anchor in compress(zip(starts, anchors, strict=True), anchors):
            skip, word = anchor or (0, "")
            start = begin + skip
            found = self._at(start, word) if start >= covered else None
            if found is not None:
                covered = found.end
                yield found

    def _at(self, start: int, word: str) -> DateMention | None:
        calendar = self.calendar
        is_phrase = word in calendar.openings
        gate = calendar.gates[is_phrase].match(self.folded, start)
        if gate is None:
            return None
        shapes = calendar.phrases if is_phrase else calendar.shapes
        for name, shape in shapes[(gate.lastindex or 1) - 1 :]:
            match = shape.match(self.folded, start)
            if match is not None:
                found = self._read(name, match)
                if found is not None:
                    return found
        return None

    def _read(self, name: str, match: re.Match[str]) -> DateMention | None:
        if name in ("day", "range"):
            return self._days(name, match)
        if name in DAYS_FROM_DAY:
            return self._mention(*match.span(), None, "relative", "relative", anaphor=name, precision="day")
        read = getattr(self, f"_{name}", None)
        found: DateMention | None = read(match) if read else self._units(name, match)
        return found

    def _some_hours(self, match: re.Match[str]) -> DateMention:
        return self._mention(*match.span(), None, "duration", "inferred", days=1, is_short=True)

    def _nth_day(self, match: re.Match[str]) -> DateMention:
        told = match.groupdict()
        number = next((int(key.removeprefix("nth")) for key in told if key.startswith("nth") and told[key]), 2)
        more: dict[str, Any] = {"days": number, "anaphor": "nth_day", "is_final": bool(told.get("final"))}
        return self._mention(*match.span(), None, "duration", "inferred", **more)

    def _weekend(self, match: re.Match[str]) -> DateMention:
        """ "le week-end dernier": its Saturday and its Sunday; "depuis ce week-end": its Saturday."""
        direction = _DIRECTIONS.get(match.lastgroup or "") or self._tense(match.start())
        days = weekend_near(self.published, direction, is_strict=match.lastgroup is not None) if self.published else ()
        first, last = (day.isoformat() for day in days) if days else (None, None)
        told: dict[str, Any] = {"direction": direction, "is_directed": match.lastgroup is not None}
        if self.calendar.since.search(self.folded, max(0, match.start() - _SIDE), match.start()):
            return self._mention(*match.span(), first, "weekday", "relative", **told)
        return self._mention(*match.span(), first, "range", "relative", last=last, **told)

    def _mention(self, start: int, end: int, first: str | None, form: Form, basis: Basis, **more: Any) -> DateMention:
        while end < len(self.text) and MARKS.match(self.text[end]):
            end += 1
        unresolved: Precision = "day" if form in ("day", "range", "weekday") else "unknown"
        told = {"last": None, "precision": precision_of(first) if first else unresolved, **more}
        return DateMention(start, end, self.text[start:end], first, basis=basis, form=form, **told)

    def _side(self, start: int, end: int) -> tuple[int, int, str | None]:
        """The words of direction around a date: new start and end, and this, next or last."""
        begin = max(0, start - _SIDE)
        before = self.calendar.before.search(self.folded[begin:start])
        after = self.calendar.after.match(self.folded, end)
        if after is not None and after.lastgroup != "this":
            return start, after.end(), after.lastgroup
        if before is not None and before.lastgroup:
            return begin + before.start(before.lastgroup), end, before.lastgroup
        return start, end, None

    def _days(self, name: str, match: re.Match[str]) -> DateMention | None:
        told, calendar = match.groupdict(), self.calendar
        if not told.get("m1") and _OTHER_CALENDAR.match(self.folded, match.end()):
            return None
        before = self.folded[max(0, match.start() - _SIDE) : match.start()]
        if calendar.part_of_month.search(before):
            return self._part_of_month(match)
        start, end, side = self._side(match.start(), match.end())
        month2 = self._month_number(told, 2) or (self._month_number(told, 1) if name == "range" else None)
        month1 = self._month_number(told, 1) or month2
        year2 = self._year_number(told, 2)
        year1 = self._year_number(told, 1) or year2
        weekday = calendar.weekdays.get(told.get("w1") or "")
        first = self._resolved(calendar.day_of_month(told["d1"]), month1, year1, weekday, side)
        if first is WRONG:
            return None
        last = None
        if name == "range":
            last = self._last(first, calendar.day_of_month(told["d2"]), month2, year2 or year1, side)
            first, last = ordered(first, last)
            if last is WRONG or first is WRONG:
                return None
        direction = _DIRECTIONS.get(side or "")
        iso = first.isoformat() if first else None
        return self._mention(
            start, end, iso, "range" if name == "range" else "day", "stated",
            last=last.isoformat() if last else None, weekday=weekday, direction=direction,
        )  # fmt: skip

    def _part_of_month(self, match: re.Match[str]) -> DateMention | None:
        """ "النصف الثاني من أكتوبر": the second half of October, and not its second day."""
        told = match.groupdict()
        month = self._resolved(15, self._month_number(told, 1), self._year_number(told, 1), None, None)
        if month is None or month is WRONG:
            return None
        return self._mention(*match.span(), month.isoformat()[:7], "month", "relative", precision="month")

    def _last(self, first: date | None, day: int, month: int | None, year: int | None, side: str | None) -> date | None:
        """The end of a range; without a month it is the next such day."""
        if month is not None or first is None:
            return self._resolved(day, month, year, None, side)
        return next((d for d in (first + timedelta(shift) for shift in range(1, 32)) if d.day == day), WRONG)

    def _month_number(self, told: dict[str, str | None], n: int) -> int | None:
        if told.get(f"now{n}"):
            return _THIS_MONTH
        if told.get(f"n{n}"):
            return int(told[f"n{n}"] or 0)
        return self.calendar.months.get(told.get(f"m{n}") or "")

    def _resolved(
        self, day: int, month: int | None, year: int | None, weekday: int | None, side: str | None
    ) -> date | None:
        """The day on the calendar; None where it can't be known, WRONG where there is no such day."""
        if month == _THIS_MONTH:
            if self.published is None:
                return None
            month, year = self.published.month, self.published.year
        if not 1 <= day <= 31 or (month is not None and not 1 <= month <= 12):
            return WRONG
        if month is None:
            return self._day_of_month(day, weekday, side)
        if year is not None:
            return date_of(year, month, day) or WRONG
        if self.published is None:
            return None if date_of(2024, month, day) else WRONG
        around = (date_of(self.published.year + shift, month, day) for shift in (-1, 0, 1))
        return nearest([found for found in around if found], self.published, weekday, side) or WRONG

    def _day_of_month(self, day: int, weekday: int | None, side: str | None) -> date | None:
        """A day whose month is not printed: the nearest one, of the weekday where one is printed."""
        if self.published is None:
            return None
        month = self.published.year * 12 + self.published.month - 1
        around = (date_of((month + shift) // 12, (month + shift) % 12 + 1, day) for shift in (-1, 0, 1))
        return nearest([found for found in around if found], self.published, weekday, side)

    def _month(self, match: re.Match[str]) -> DateMention | None:
        told = match.groupdict()
        start, end, side = self._side(match.start(), match.end())
        cue = self.calendar.month_cue.search(self.folded[max(0, start - _SIDE) : start])
        if len(told) == 1 and side in (None, "this") and cue is None:
            return None
        if self.calendar.is_month_first and not self.text[match.start()].isupper():
            return None
        number, year = self._month_number(told, 1) or 1, self._year_number(told, 1)
        first = None
        if year is not None:
            first = f"{year}-{number:02}"
        elif self.published is not None:
            middle = self.published.replace(day=15)
            months = [date(self.published.year + shift, number, 15) for shift in (-1, 0, 1)]
            found = nearest(months, middle, None, side or self._tense_word(start))
            first = found.isoformat()[:7] if found else None
        basis: Basis = "stated" if told.get("y1") else "relative"
        direction = _DIRECTIONS.get(side or "")
        return self._mention(start, end, first, "month", basis, direction=direction, precision="month")

    def _year_number(self, told: dict[str, str | None], n: int) -> int | None:
        """The year behind a month, printed or told as in "April last year"."""
        shift = next((shift for name, shift in _YEARS.items() if told.get(f"{name}{n}")), None)
        told_year = self.published.year + shift if shift is not None and self.published else None
        return year_number(told.get(f"y{n}")) or told_year

    def _tense_word(self, start: int) -> str | None:
        return {"past": "last", "future": "next", None: None}[self._tense(start)]

    def _weekday(self, match: re.Match[str]) -> DateMention | None:
        if self.calendar.ordinal_before.match(self.folded, match.end()) or self._is_in_a_name(match.start()):
            return None
        start, end, side = self._side(match.start(), match.end())
        weekday = self.calendar.weekdays[match["w1"]]
        week = self.calendar.of_week.match(self.folded, end)
        if week is not None and week.lastgroup is not None:
            return self._of_week(start, week, weekday)
        direction = _DIRECTIONS.get(side or "") or self._tense(match.start())
        first = None
        if self.published is not None:
            near = {"is_strict": side in ("next", "last"), "is_this": side == "this"}
            first = weekday_near(self.published, weekday, direction, **near).isoformat()
        told = {"weekday": weekday, "direction": direction, "is_directed": side in _DIRECTIONS}
        return self._mention(start, end, first, "weekday", "relative", **told)

    def _is_in_a_name(self, start: int) -> bool:
        """ "Santo Domingo" is no Sunday."""
        before = self.folded[max(0, start - _SIDE) : start].split()
        return bool(before) and before[-1] in self.calendar.not_weekday_after

    def _of_week(self, start: int, week: re.Match[str], weekday: int) -> DateMention:
        """ "jeudi de la semaine prochaine": a day of the week behind the publication's, or before it."""
        shift = timedelta(weekday + (7 if week.lastgroup == "next" else -7))
        day = self.published - timedelta(self.published.weekday()) + shift if self.published else None
        direction = _DIRECTIONS[week.lastgroup or "next"]
        told = {"weekday": weekday, "direction": direction, "is_directed": True}
        return self._mention(start, week.end(), day.isoformat() if day else None, "weekday", "relative", **told)

    def _weekdays(self, match: re.Match[str]) -> DateMention:
        """ "jeudi et vendredi": the second is the next one behind the first."""
        start, end, side = self._side(match.start(), match.end())
        weekday, last = self.calendar.weekdays[match["w1"]], None
        is_night = self.calendar.night.search(self.folded, max(0, match.start() - _SIDE), match.start()) is not None
        direction = _DIRECTIONS.get(side or "") or self._tense(match.start())
        near = {"is_strict": side in ("next", "last"), "is_this": side == "this"}
        first = weekday_near(self.published, weekday, direction, **near) if self.published else None
        week = self.calendar.of_week.match(self.folded, end)
        if week is not None and week.lastgroup is not None:
            told_first = self._of_week(start, week, weekday)
            first, end, side = day_of(told_first.first), told_first.end, week.lastgroup
            direction = _DIRECTIONS[week.lastgroup]
        if first is not None:
            second = self.calendar.weekdays[match["w2"]]
            last = (first + timedelta((second - first.weekday()) % 7)).isoformat()
        iso = first.isoformat() if first else None
        told = {"weekday": weekday, "direction": direction, "is_directed": side in _DIRECTIONS}
        if is_night:  # "dans la nuit de samedi à dimanche"
            return self._mention(start, end, iso, "weekday", "relative", **told)
        return self._mention(start, end, iso, "range", "relative", last=last, **told)

    def _tense(self, at: int) -> Direction | None:
        """Which way the nearest verb of the sentence looks: the last one before, else the first one behind."""
        begin = max(self.folded.rfind(stop, max(0, at - _SENTENCE), at) for stop in (". ", "\n", "! ", "? ", "؟")) + 1
        begin = max(begin, at - _SENTENCE)
        verbs = self.calendar.tense.finditer(self.folded, begin, at)
        before = [m for m in verbs if looks_ahead(self.calendar, m, self.text) is not None]
        before = [m for m in before if m.group() not in self.calendar.since_or_from] or before
        if before:
            return self._direction(before[-1])
        stop = next((i for i in (self.folded.find(mark, at, at + 160) for mark in (". ", "\n")) if i >= 0), at + 160)
        behind = map(self._direction, self.calendar.tense.finditer(self.folded, at, stop))
        return next((direction for direction in behind if direction), None)

    def _direction(self, verb: re.Match[str]) -> Direction | None:
        is_ahead = looks_ahead(self.calendar, verb, self.text)
        return None if is_ahead is None else "future" if is_ahead else "past"

    def _relative(self, match: re.Match[str]) -> DateMention | None:
        before = self.folded[max(0, match.start() - _SIDE) : match.start()].split()
        if before and before[-1] in self.calendar.not_relative_after:
            return None
        offset = self.calendar.relative[match["r1"]]
        first = (self.published + timedelta(offset)).isoformat() if self.published else None
        direction: Direction | None = "future" if offset > 0 else "past" if offset < 0 else None
        return self._mention(*match.span(), first, "relative", "relative", direction=direction, precision="day")

    def _relatives(self, match: re.Match[str]) -> DateMention:
        """ "aujourd'hui et demain"."""
        first, last = self.calendar.relative[match["r1"]], self.calendar.relative[match["r2"]]
        if self.published is None:
            return self._mention(*match.span(), None, "range", "relative")
        begin, end = ((self.published + timedelta(n)).isoformat() for n in sorted((first, last)))
        return self._mention(*match.span(), begin, "range", "relative", last=end)

    def _relative_on(self, match: re.Match[str]) -> DateMention:
        """ "de hoje até sexta-feira": from a day told against the publication to the next such weekday."""
        if self.published is None:
            return self._mention(*match.span(), None, "range", "relative")
        first = self.published + timedelta(self.calendar.relative[match["r1"]])
        last = first + timedelta((self.calendar.weekdays[match["w2"]] - first.weekday()) % 7)
        return self._mention(*match.span(), first.isoformat(), "range", "relative", last=last.isoformat())

    def _days_apart(self, match: re.Match[str]) -> DateMention | None:
        """ "two days earlier", "trois jours plus tard": so many days from the day told before."""
        count = self._count(match["n"])
        if count is None or self.calendar.unit(match["unit"]) != "day":
            return None
        anaphor = "day_before" if match["before"] else "day_after"
        return self._mention(*match.span(), None, "relative", "relative", anaphor=anaphor, precision="day", days=count)

    def _days_ahead(self, match: re.Match[str]) -> DateMention | None:
        """ "dans deux jours": so many days behind the publication."""
        count = self._count(match["n"])
        if count is None:
            return None
        day = (self.published + timedelta(count)).isoformat() if self.published else None
        return self._mention(*match.span(), day, "relative", "relative", direction="future", precision="day")

    def _year(self, match: re.Match[str]) -> DateMention | None:
        cue = self.calendar.month_cue.search(self.folded[max(0, match.start() - _SIDE) : match.start()])
        return self._mention(*match.span(), match["y1"], "year", "stated") if cue else None

    def _units(self, name: str, match: re.Match[str]) -> DateMention | None:
        """ "la semaine prochaine", "il y a deux ans": a week is vague, a month or a year is one."""
        told = match.groupdict()
        unit = self.calendar.unit((told.get("unit") or told.get("unit2") or "").removeprefix("ال"))
        count = self._count(told.get("n") or "") if name == "ago" else 1
        shift = {"this_unit": 0, "next_unit": 1, "last_unit": -1}.get(name, -(count or 0))
        if unit is None or count is None:
            return None
        if name == "ago" and unit == "day" and self.published is not None:
            day = (self.published - timedelta(count)).isoformat()
            return self._mention(*match.span(), day, "relative", "relative", direction="past")
        direction = _DIRECTIONS.get(name.removesuffix("_unit"), "past" if name == "ago" else None)
        first = shifted(self.published, unit, shift) if self.published else None
        form: Form = "vague" if unit in ("week", "day", "hour") else unit  # type: ignore[assignment]
        return self._mention(*match.span(), first, form, "relative", direction=direction)

    def _count(self, word: str) -> int | None:
        if word.isdigit():
            return int(word)
        return self.calendar.numbers.get(word) or self.calendar.hours.get(word)

    def _duration(self, match: re.Match[str]) -> DateMention | None:
        told = match.groupdict()
        dual = told.get("dual") or ""
        count = self._count(told.get("n") or "") if "n" in told else 1 if dual.endswith(_ARABIC_ONE) else 2
        unit = self.calendar.unit(told.get("unit") or dual)
        if count is None or unit is None or unit not in ("hour", "day", "week"):
            return None
        if unit == "hour" and 0 < count < _HOURS_A_DAY:
            return self._mention(*match.span(), None, "duration", "inferred", days=1, is_short=True)
        if unit == "hour" and (count % _HOURS_A_DAY or not count):
            return None
        days = count // _HOURS_A_DAY if unit == "hour" else count * 7 if unit == "week" else count
        return self._mention(*match.span(), None, "duration", "inferred", days=days, is_hours=unit == "hour")


_OTHER_CALENDAR = re.compile(r" [^\W\d]+(?:[ '-][^\W\d]+){0,3} 1[34]\d\d(?!\d)")
"""The month and year of the Hijra behind a day: "29 Djoumada El Oula 1446"."""
_THIS_MONTH = 13
_YEARS = {"last_year": -1, "this_year": 0, "next_year": 1}
_DIRECTIONS: dict[str, Direction] = {"next": "future", "last": "past"}
