"""Of the dates that a visit's sentences tell: which is its start, and which its end?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extractors.records import Evidence, VisitDate
from extractors.visits.calendar_days import day_of
from extractors.visits.date_mentions import DateMention
from extractors.visits.datecues import Role, leads_on
from extractors.visits.datesites import Dated, place_near, places_of
from extractors.visits.document import Document

_LONGEST_EVIDENCE, _SHORTEST_EVIDENCE = 400, 10
_LONGEST_AHEAD_OF_STAY, _LONGEST_STAY_TOLD = timedelta(8), 15
_WEEK = timedelta(7)
_AT = 30
"""Between a place and the day that belongs to it: "Accra on Saturday"."""
_UNKNOWN = VisitDate()


@dataclass(frozen=True, slots=True)
class VisitDates:
    """Start and end of one visit, with the sentences that tell them."""

    start_on: VisitDate = _UNKNOWN
    end_on: VisitDate = _UNKNOWN
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Which dates of a visit are its start and its end; `told` are those that can be, the strongest sentence first."""

    document: Document
    told: list[Dated]
    status: str
    published: date | None
    is_tour: bool
    visitor: str | None
    host: str | None
    stops: frozenset[str] = frozenset()
    """All states of the tour."""

    def made(self) -> VisitDates:
        start = self._first_day(self._start(_OWN_ORDER, is_own=True))
        end = self._end(start, is_own=True)
        span = self._range(is_own=True) or (self._range(is_own=False) if start is None else None)
        is_moved = start is not None and start.role == "moved" and (span is None or span.role != "moved")
        if start is not None and (is_moved or self._is_of_programme(span, start)):
            span = None
        if span is not None:
            start, end = self._of_range(span, start, end)
        end = end or self._end(start, is_own=False)
        if span is None and not self.is_tour:
            start = self._arrival_before(start)
        start_on, end_on = _as_date(start, last=False), _as_date(end, last=end is span and span is not None)
        length = self._length()
        if length is not None:
            start = start or self._start(("start",), is_own=False)
            start_on = _as_date(start, last=False)
            end_on = self._week_earlier(start, end, length) or end_on
            start = self._before_end(start, end, length)
            start_on = start_on if start else _UNKNOWN
            start_on, end_on = self._by_length(start_on, end_on, length.mention)
        if not start_on.value:
            start = start or self._start(_ABOUT_ORDER, is_own=False) or self._written_on(end)
            start_on = _as_date(start, last=False)
            start_on, end_on = self._by_length(start_on, end_on, length.mention) if length else (start_on, end_on)
        if not end_on.value:
            end = self._final_day()
            end_on = _as_date(end, last=False)
        if not end_on.value and not self.is_tour:
            end = self._ahead()
            end = None if end is start else end
            end_on = _as_date(end, last=False)
        if not end_on.value:
            end = next((t for t in self.told if t.is_last and (t.mention.first or "") >= (start_on.value or "9")), None)
            end_on = _as_date(end, last=False)
        if not start_on.value and end is not None and self._places(end):
            start_on = _as_date(end, last=False)
        if start_on.value and end_on.value and end_on.value < start_on.value[: len(end_on.value)]:
            end_on, end = _UNKNOWN, None
        evidence = (
            *self._evidence("start_on", start or (length if start_on.value else None)),
            *self._evidence("end_on", end or (length if end_on.value else None)),
        )
        return VisitDates(start_on, end_on, evidence)

    def _is_of_programme(self, span: Dated | None, start: Dated) -> bool:
        """ "se trouve à Pékin depuis lundi; jeudi et vendredi il participera", "chegou na terça; nos dias 18 e 19
        participa da cúpula": days within a stay begun before."""
        if span is None or self.is_tour or start.role != "start" or start.mention.precision != "day":
            return False
        day, first = start.mention.first or "9", span.mention.first or ""
        if self.status in ("under_way", "") and span.mention.basis == "relative":
            return day < first
        return self.status != "announced" and day <= (self.published or date.min).isoformat() < first

    def _by_length(self, start: VisitDate, end: VisitDate, length: DateMention) -> tuple[VisitDate, VisitDate]:
        """As `_by_length`; where what is over would end after the publication, the day told was its last one."""
        begun, ended = _by_length(start, end, length)
        last, published = day_of(ended.value), day_of(self.document.published_on)
        if self.status == "concluded" and published and last and last > published and not end.value:
            return _by_length(_UNKNOWN, start, length)
        return begun, ended

    def _places(self, end: Dated) -> bool:
        """ "a bouclé jeudi à Conakry une tournée": the day of an end, where none is told before it, is one in the host
        country too."""
        if self.status != "concluded" or end.mention.form not in ("day", "weekday", "relative"):
            return False
        place = place_near(self.document, end, self.visitor)
        return place is not None and self.host in place.countries

    def _range(self, *, is_own: bool) -> Dated | None:
        """The range of the visit; on a tour rather the stop's own than the tour's."""
        ranges = [told for told in self.told if told.mention.form == "range" and told.is_own == is_own]
        ranges = [told for told in ranges if told.role != "said" and (is_own or told.role != "none")]
        stop = next((told for told in ranges if self.is_tour and self._stops(told) == [self.host]), None)
        moved = next((told for told in ranges if told.role == "moved"), None)
        return stop or moved or self._widest(ranges)

    def _widest(self, ranges: list[Dated]) -> Dated | None:
        """The range told first; "à Tokyo les 11 et 12 mars" is a part of "au Japon du 11 au 13 mars"."""
        first = next(iter(ranges), None)
        if first is None or self.is_tour:
            return first
        begun, ended = first.mention.first or "", first.mention.last or "9"
        around = (t for t in ranges if (t.mention.first or "9") <= begun and ended <= (t.mention.last or ""))
        return max(around, key=lambda t: t.mention.last or "", default=first)

    def _length(self) -> Dated | None:
        lengths = (told for told in self.told if told.mention.form == "duration" and told.role == "visit")
        lengths = (told for told in lengths if told.mention.anaphor is None)
        return next((told for told in lengths if self._is_short(told) and self._is_of_stop(told)), None)

    def _is_short(self, told: Dated) -> bool:
        """Whether a length may be the visit's; one that is told apart from it rather belongs to something else."""
        days = told.mention.days or 0
        return days <= _LONGEST_STAY_TOLD if told.is_own else not self.is_tour and days <= _LONGEST_AHEAD_OF_STAY.days

    def _is_elsewhere(self, told: Dated) -> bool:
        """ "une tournée entamée mardi à Lomé": the day of the tour's beginning is that of its first stop."""
        if not told.is_of_tour:
            return False
        place = place_near(self.document, told, self.visitor)
        stops = self._stops(told)
        begun = place.countries[0] if place and place.start > told.mention.end else next(iter(stops), None)
        return begun is not None and begun != self.host and len(stops) > 1

    def _opens_tour(self, told: Dated) -> bool:
        """ "entame lundi une tournée qui la conduira au Ghana et au Togo": the day before all stops is the first's."""
        stops = self._stops(told)
        if len(stops) <= 1 or stops[0] == self.host:
            return False
        sentence = self.document.sentence_at(told.mention.start)
        places = (p for p in places_of(self.document, sentence) if p.countries[0] == stops[0])
        return all(told.mention.start < place.start + sentence.start for place in places)

    def _is_of_another_stop(self, told: Dated) -> bool:
        """ "arrivé mardi soir à Abidjan, dernière étape après Tunis et Lomé": a day beside the name of another stop."""
        place = place_near(self.document, told, self.visitor) if len(self.stops) > 1 else None
        if place is None or place.countries[0] not in self.stops or self.host in place.countries:
            return False
        sentence, first, last = self.document.sentence_at(place.start), told.mention.start, told.mention.end
        own = (p for p in places_of(self.document, sentence) if self.host in p.countries)
        return all(min(abs(p.start + sentence.start - last), abs(first - p.end - sentence.start)) > _AT for p in own)

    def _is_of_stop(self, told: Dated) -> bool:
        """ "une tournée de quatre jours au Ghana et au Togo" is longer than each of its stops."""
        return not (told.is_of_tour and (len(self.stops) > 1 or len(self._stops(told)) > 1))

    def _start(self, roles: Sequence[Role], *, is_own: bool) -> Dated | None:
        """The day of arrival if one is told, else the earliest day of the strongest sentence that has one."""
        days = [told for told in self.told if told.mention.form not in ("range", "duration") and told.is_own == is_own]
        if self.is_tour:  # the day of a sentence that lists all stops, and of the tour itself, is the first one's
            days = [told for told in days if not self._is_elsewhere(told)] or days
            days = [told for told in days if not (self._opens_tour(told) or self._is_of_another_stop(told))]
        days = [told for told in days if not self._is_ahead(told)] or [told for told in days if _is_arrival(told)]
        if any(told.mention.precision == "day" and told.role in ("start", "visit") for told in days):
            days = [told for told in days if told.mention.precision == "day" or told.role == "moved"]
        for role in roles:
            of_role = [told for told in days if told.role == role]
            exact = [told for told in of_role if told.mention.precision == "day"] or of_role
            if exact and (role not in ("said", "dateline") or self.status not in _NOT_BEGUN):
                return self._earliest(exact)
        return None

    def _written_on(self, end: Dated | None) -> Dated | None:
        """The day of the report, where nothing else tells the arrival; not behind the day of an end."""
        start = self._start(_LAST_ORDER, is_own=True)
        last = end.mention.first if end else None
        return None if start and last and (start.mention.first or "") > last else start

    def _earliest(self, days: list[Dated]) -> Dated:
        """The first day of the strongest sentence, or one that another sentence tells a few days before it."""
        best = min(told.rank for told in days)
        first = min((told for told in days if told.rank == best), key=lambda told: told.mention.first or "9")
        day = day_of(first.mention.first)
        if day is not None and self.status == "announced" and not self.is_tour:
            return self._awaited_before(first) or first
        if day is None or self.is_tour or self.status not in ("under_way", "concluded"):
            return first
        since = (day - _LONGEST_BEFORE["own"]).isoformat()
        return min((t for t in days if (t.mention.first or "0") >= since), key=lambda t: t.mention.first or "9")

    def _awaited_before(self, first: Dated) -> Dated | None:
        """ "est attendu lundi prochain à Freetown. … Mercredi, il se rendra à Kenema": the day of the visit itself,
        before that of a journey within it."""
        day, earliest = first.mention.first or "", first.mention.start
        days = [t for t in self.told if t.is_own and t.role == "visit" and t.mention.precision == "day"]
        days = [t for t in days if t.mention.form not in ("range", "duration") and t.mention.is_directed]
        return next((t for t in days if t.mention.start < earliest and (t.mention.first or "9") < day), None)

    def _first_day(self, start: Dated | None) -> Dated | None:
        """On "the second day of the visit" the first one is computed from the day that is told."""
        nth = next((told for told in self.told if told.mention.anaphor == "nth_day"), None)
        if nth is None or nth.mention.days is None or (start and start.role == "start"):
            return start
        day = self._day_beside(nth) or (self.published if self.status == "under_way" or start is None else None)
        day = day or day_of(start.mention.first if start else None)
        if day is None:
            return start
        first = (day - timedelta(nth.mention.days - 1)).isoformat()
        return replace(nth, role="start", mention=replace(nth.mention, first=first, form="relative", precision="day"))

    def _final_day(self) -> Dated | None:
        """ "Au deuxième et dernier jour de sa visite": the day that is told beside it, else that of the report."""
        nth = next((told for told in self.told if told.mention.is_final), None)
        day = self._day_beside(nth) or self.published if nth else None
        if nth is None or day is None:
            return None
        mention = replace(nth.mention, first=day.isoformat(), form="relative", precision="day")
        return replace(nth, role="end", mention=mention)

    def _day_beside(self, nth: Dated) -> date | None:
        """The day that stands nearest in the sentence of "the second day"."""
        days = [t for t in self.told if t.rank == nth.rank and t.mention.form in ("day", "weekday", "relative")]
        days = [t for t in days if t.role != "end" and not self._is_ahead(t)]
        nearest = min(days, key=lambda t: abs(t.mention.start - nth.mention.start), default=None)
        return day_of(nearest.mention.first) if nearest else None

    def _arrival_before(self, start: Dated | None) -> Dated | None:
        """An arrival that the article tells elsewhere, some days before the meeting."""
        day = day_of(start.mention.first) if start and start.role != "start" else None
        if day is None or start is None or self.status not in ("under_way", "concluded"):
            return start
        for told in self.told:
            arrived = day_of(told.mention.first)
            if told.is_own or arrived is None or told.mention.form not in ("day", "weekday", "relative"):
                continue
            if told.role in _LONGEST_BEFORE and timedelta(0) < day - arrived <= _LONGEST_BEFORE[told.role]:
                return told
        return start

    def _week_earlier(self, start: Dated | None, end: Dated | None, length: Dated) -> VisitDate | None:
        """ "began on Wednesday a three-day visit … is to leave on Friday", told on that Friday: the day that the length
        asks for, where the end lies just a week behind it; None elsewhere."""
        first, last = (day_of(one.mention.first) if one else None for one in (start, end))
        if first is None or last is None or end is None or end.mention.form != "weekday":
            return None
        asked = first + timedelta((length.mention.days or 0) - 1)
        return replace(_as_date(end, last=False), value=asked.isoformat()) if last - asked == _WEEK else None

    def _before_end(self, start: Dated | None, end: Dated | None, length: Dated) -> Dated | None:
        """None where a stated end and the length put the arrival before the day of a meeting that is told."""
        last, first = day_of(end.mention.first) if end else None, day_of(start.mention.first) if start else None
        days = length.mention.days
        if last is None or first is None or days is None or start is None or start.role in ("start", "moved"):
            return start
        is_stated = start.mention.form != "range" and end is not start and end is not None and end.role == "end"
        arrived = last - timedelta(days if length.mention.is_hours else days - 1)
        return None if is_stated and length.is_own and arrived < first else start

    def _is_ahead(self, told: Dated) -> bool:
        """A day after the publication can't be the start of what has begun."""
        day = day_of(told.mention.first)
        return bool(day and self.published and self.status in ("under_way", "concluded") and day > self.published)

    def _end(self, start: Dated | None, *, is_own: bool) -> Dated | None:
        """The stated day of departure, which is not before the start."""
        first = (start.mention.first if start else None) or ""
        days = [told for told in self.told if told.mention.form not in ("range", "duration") and told.role == "end"]
        days = [told for told in days if told.is_own == is_own and (told.mention.first or "9") >= first]
        return next((told for told in days if told is not start and not self._goes_on_within(told)), None)

    def _goes_on_within(self, told: Dated) -> bool:
        """Whether a day of leaving is one of going on to another town of the host state."""
        place = place_near(self.document, told, self.visitor)
        is_own = place is not None and self.host in place.countries
        return is_own and place is not None and leads_on(self.document, told.mention, place)

    def _ahead(self) -> Dated | None:
        """The latest day to come of a visit that is going on."""
        if self.status != "under_way" or self.published is None:
            return None
        limit = (self.published + _LONGEST_AHEAD_OF_STAY).isoformat()
        days = [told for told in self.told if self._is_ahead(told) and told.role in ("visit", "start", "none")]
        days = [told for told in days if told.mention.form != "range" and (told.mention.first or "") <= limit]
        return max(days, key=lambda told: told.mention.first or "", default=None)

    def _of_range(self, span: Dated, start: Dated | None, end: Dated | None) -> tuple[Dated | None, Dated | None]:
        """A visit has its range; of a tour's range the first stop has the start and the last one the end."""
        if not self.is_tour or span.is_of_stop:
            return (start if start and _comes_before(start, span) else span), span
        stops = self._stops(span)
        if self.host is None or self.host not in stops:
            return (start, end or span) if start is not None else (span, end)
        is_first, is_last = self.host == stops[0], self.host == stops[-1]
        return (span if is_first else start), (span if is_last else end)

    def _stops(self, span: Dated) -> list[str]:
        """The countries of a sentence in printed order, without the visitor's own."""
        sentence = self.document.sentence_at(span.mention.start)
        places = places_of(self.document, sentence)
        named = (place.countries[0] for place in places if place.kind in ("country", "city"))
        return [country for country in dict.fromkeys(named) if country != self.visitor]

    def _evidence(self, field: str, told: Dated | None) -> Iterator[Evidence]:
        """The sentence of a date, cut around it where it is too long to show."""
        if told is None:
            return
        begin, stop = self.document.sentence_at(told.mention.start)
        if stop - begin > _LONGEST_EVIDENCE:
            begin = max(begin, told.mention.start - _LONGEST_EVIDENCE // 2)
            stop = min(stop, begin + _LONGEST_EVIDENCE)
        if stop - begin >= _SHORTEST_EVIDENCE:
            rule = f"date:{told.mention.form}:{told.role}"
            yield Evidence(self.document.text[begin:stop], begin, stop, field, rule=rule)


_OWN_ORDER: tuple[Role, ...] = ("moved", "start", "visit", "earlier", "none")
_LAST_ORDER: tuple[Role, ...] = ("said", "dateline")
_ABOUT_ORDER: tuple[Role, ...] = ("start", "visit", "none")
_NOT_BEGUN = ("announced", "postponed", "cancelled")
"""Of such a visit the day on which it was spoken of is none of its own."""
_LONGEST_BEFORE = {"own": timedelta(4), "start": timedelta(6), "visit": timedelta(2), "none": timedelta(1)}


def _is_arrival(told: Dated) -> bool:
    """A day that begins a visit by itself: what the status says of the time is less sure."""
    return told.is_own and (told.role == "start" or (told.role == "visit" and told.mention.form == "day"))


def _comes_before(start: Dated, span: Dated) -> bool:
    """ "est attendu dimanche … la session se tiendra du 30 au 31 mai": who comes a day or two before a range of days is
    there already."""
    day, first = day_of(start.mention.first), day_of(span.mention.first)
    is_told = start.is_own and start.role in ("start", "visit") and start.mention.form in ("day", "weekday", "relative")
    return is_told and day is not None and first is not None and timedelta(0) < first - day <= _LONGEST_BEFORE["visit"]


def _as_date(told: Dated | None, *, last: bool) -> VisitDate:
    if told is None:
        return VisitDate()
    mention = told.mention
    value = mention.last if last else mention.first
    return VisitDate(value, mention.precision if value else "unknown", mention.basis, mention.text)


def _by_length(start: VisitDate, end: VisitDate, length: DateMention) -> tuple[VisitDate, VisitDate]:
    """N days end N - 1 days after the start, N times 24 hours end N days after it."""
    if length.days is None:
        return start, end
    days = timedelta(length.days if length.is_hours else length.days - 1)
    first, last = day_of(start.value), day_of(end.value)
    if first and not end.value:
        return start, VisitDate((first + days).isoformat(), "day", "inferred", length.text)
    if last and not start.value:
        return VisitDate((last - days).isoformat(), "day", "inferred", length.text), end
    return start, end
