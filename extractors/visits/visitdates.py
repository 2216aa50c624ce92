"""When does a visit begin and end: the dates that its own sentences tell, and none of another event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from extractors.records import Evidence, VisitDate
from extractors.text import Span
from extractors.visits.calendar_days import day_of, weekday_near
from extractors.visits.datecues import DateCues, Role, load_date_cues, role_of
from extractors.visits.dates import DateMention, find_dates
from extractors.visits.document import Document
from extractors.visits.places import Place, find_places

_LONGEST_EVIDENCE, _SHORTEST_EVIDENCE = 400, 10
_LONGEST_VISIT = timedelta(30)
_LONGEST_STAY = timedelta(21)
_LONGEST_AGO = timedelta(75)
_LONGEST_AHEAD = timedelta(400)
_LONGEST_AHEAD_OF_STAY = timedelta(8)
_FORMS = ("day", "range", "weekday", "relative")
_YEAR_LENGTH, _HEAD = 4, 120


_UNKNOWN = VisitDate()


@dataclass(frozen=True, slots=True)
class VisitDates:
    """Start and end of one visit, with the sentences that tell them."""

    start_on: VisitDate = _UNKNOWN
    end_on: VisitDate = _UNKNOWN
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class _Dated:
    """A mention with what the words around it say of it; `rank` is the place of its sentence, 0 the strongest."""

    mention: DateMention
    role: Role
    rank: int
    is_own: bool = True
    """Told in a sentence of the visit itself, not only about it."""


def visit_dates(
    document: Document,
    spans: Sequence[Span],
    *,
    status: str,
    is_tour: bool = False,
    visitor: str | None = None,
    host: str | None = None,
    about: Sequence[Span] = (),
) -> VisitDates:
    """Start and end of the visit that the sentences tell, by the codebook's rules; the strongest sentence comes first.

    Days of earlier sessions and visits, anniversaries and announcements are left out. Of a tour's range the first stop
    takes the start, the last one the end. `visitor` and `host` (ISO 3166-1 alpha-3) decide between the days of several
    stops in one sentence. `about`: further sentences that speak of this visit; they are asked for what `spans`
    leave open: arrival, departure, length, range.
    """
    cues = load_date_cues(document.language) if document.language else None
    if cues is None:
        return VisitDates()
    published = day_of(document.published_on) or _reference(document, spans)
    own = _dated(document, spans, cues, status, published)
    told = _departures(document, own, cues, host)
    if host:
        told = _of_host(document, told, host, visitor)
    further = [span for span in about if span not in spans]
    more = [
        replace(one, is_own=False)
        for one in _dated(document, further, cues, status, published, len(spans))
        if one.mention.precision == "day" or one.mention.form == "duration"
    ]
    more = _departures(document, more, cues, host)
    if host:
        more = [one for one in more if one.role == "end" or _is_elsewhere(document, one, host, visitor) is not True]
    near = [*spans, *(other for span in spans for other in _beside(document, span))]
    more = [one for one in more if one.role != "none" or any(s.start <= one.mention.start < s.end for s in near)]
    return _Choice(document, [*told, *more], status, published, is_tour, visitor, host).made()


def _beside(document: Document, span: Span) -> Iterator[Span]:
    """The sentences before and behind another."""
    yield document.sentence_at(max(0, span.start - 3))
    yield document.sentence_at(min(len(document.text), span.end + 3))


def _reference(document: Document, spans: Sequence[Span]) -> date | None:
    """Without a publication day: the day with its year that the dateline or the visit's own sentences print."""
    head = Span(0, _HEAD)
    printed = [mention for mention in _mentions(document.text, document.language, None) if mention.form == "day"]
    days = [m.first for m in printed if m.first and any(s.start <= m.start < s.end for s in (head, *spans))]
    return day_of(max(days, default=None))


@lru_cache(maxsize=8)
def _mentions(text: str, language: str | None, published_on: str | None) -> tuple[DateMention, ...]:
    """An article's dates, found once for all its visits."""
    return find_dates(text, language, published_on)


def _dated(
    document: Document, spans: Iterable[Span], cues: DateCues, status: str, published: date | None, rank: int = 0
) -> list[_Dated]:
    """The dates of these sentences that can belong to a visit of this status."""
    mentions = _mentions(document.text, document.language, published.isoformat() if published else None)
    found = []
    for at, span in enumerate(spans, rank):
        for mention in mentions:
            if span.start <= mention.start < span.end:
                role = role_of(document.folded, span, mention, cues)
                turned = _turned(mention, status, role, published)
                if _is_possible(role, status) and _is_plausible(turned, status, published):
                    found.append(_Dated(turned, role, at))
    return found


def _is_possible(role: Role, status: str) -> bool:
    """A visit told in retrospect may itself be the earlier one."""
    return role != "trap" and (role != "earlier" or status == "concluded")


def _turned(mention: DateMention, status: str, role: Role, published: date | None) -> DateMention:
    """A bare weekday looks back where the visit has begun and ahead where it is announced, whatever verb is near."""
    if mention.form != "weekday" or published is None or mention.weekday is None or mention.is_directed:
        return mention
    if role == "said":
        return mention
    if status == "under_way" and role != "start" and mention.direction is not None:
        return mention
    is_ahead = status in ("announced", "postponed", "cancelled") or (status == "under_way" and role in ("end", "leave"))
    day = weekday_near(published, mention.weekday, "future" if is_ahead else "past")
    return replace(mention, first=day.isoformat())


def _is_plausible(mention: DateMention, status: str, published: date | None) -> bool:
    """Whether a day can belong to a visit of this status; what has no value is judged by its form alone."""
    if mention.form == "duration":
        return mention.days is not None and mention.days <= _LONGEST_VISIT.days
    if mention.precision != "day":
        return _is_plausible_month(mention, status, published)
    first, last = day_of(mention.first), day_of(mention.last) or day_of(mention.first)
    if first is None or last is None or published is None:
        return status != "under_way" or mention.form in _FORMS
    if status == "announced":
        return published <= last <= published + _LONGEST_AHEAD
    if status == "under_way":
        return first >= published - _LONGEST_STAY and last <= published + _LONGEST_VISIT
    if status == "concluded":
        return first <= published and (first >= published - _LONGEST_AGO or _has_year(mention))
    return True


def _is_plausible_month(mention: DateMention, status: str, published: date | None) -> bool:
    """Of what is going on the day is told, not the month; what is to come is not told of a month gone by."""
    if status == "under_way":
        return False
    if mention.first is None or published is None:
        return True
    month = published.isoformat()[: len(mention.first)]
    return mention.first >= month if status == "announced" else mention.first <= month or status != "concluded"


def _has_year(mention: DateMention) -> bool:
    return bool(mention.first and mention.first[:_YEAR_LENGTH] in mention.text)


def _departures(
    document: Document, told: list[_Dated], cues: DateCues, host: str | None
) -> list[_Dated]:
    """Who leaves another country, or leaves for the host, sets out; who leaves the host, or an unnamed place, ends it."""
    turned = []
    for one in told:
        if one.role == "leave":
            place = _place_near(document, one, None)
            is_there = place is None or host is None or host in place.countries
            is_goal = place is not None and _is_goal(document, place, cues)
            one = replace(one, role="start" if place is not None and is_there == is_goal else "end")
        turned.append(one)
    return turned


def _is_goal(document: Document, place: Place, cues: DateCues) -> bool:
    """Whether the text says that one goes to a place."""
    return cues.destination.search(document.folded, max(0, place.start - _BEHIND), place.start) is not None


def _of_host(document: Document, told: list[_Dated], host: str, visitor: str | None) -> list[_Dated]:
    """Where one sentence tells the days of several countries, those that stand nearest to the host."""
    free = [one for one in told if one.mention.form != "duration" and one.role not in ("end", "dateline")]
    away = {id(one) for one in free if _is_elsewhere(document, one, host, visitor)}
    near = {_kind(one) for one in free if _is_elsewhere(document, one, host, visitor) is False}
    return [one for one in told if id(one) not in away or _kind(one) not in near]


def _kind(one: _Dated) -> tuple[int, bool]:
    """Its sentence, and whether it is a range: only days of the same kind compete."""
    return one.rank, one.mention.form == "range"


def _is_elsewhere(document: Document, one: _Dated, host: str, visitor: str | None) -> bool | None:
    """Whether the country nearest to a date in its sentence is another than the host; None where none is near."""
    place = _place_near(document, one, visitor)
    return None if place is None else host not in place.countries


def _place_near(document: Document, one: _Dated, visitor: str | None) -> Place | None:
    """The country or city that stands nearest to a date in its sentence, the visitor's own left out."""
    sentence = document.sentence_at(one.mention.start)
    nearest: tuple[int, Place] | None = None
    for place in _places(document.text[sentence.start : sentence.end], document.language):
        if place.kind not in ("country", "city") or place.countries[0] == visitor:
            continue
        start, end = place.start + sentence.start, place.end + sentence.start
        ahead, behind = start - one.mention.end, one.mention.start - end
        gap = ahead if ahead >= 0 else behind + _BEHIND
        if gap <= _NEAR and (nearest is None or gap < nearest[0]):
            nearest = gap, replace(place, start=start, end=end)
    return nearest[1] if nearest else None


_NEAR = 60
_BEHIND = 15
"""A place is told behind its day more often than before it."""
_places = lru_cache(maxsize=256)(find_places)


@dataclass(frozen=True, slots=True)
class _Choice:
    document: Document
    told: list[_Dated]
    status: str
    published: date | None
    is_tour: bool
    visitor: str | None
    host: str | None

    def made(self) -> VisitDates:
        start, end = self._start(_OWN_ORDER, is_own=True), self._end(is_own=True)
        span = self._range(is_own=True) or (self._range(is_own=False) if start is None else None)
        if span is not None:
            start, end = self._of_range(span, start, end)
        end = end or self._end(is_own=False)
        if span is None and not self.is_tour:
            start = self._arrival_before(start)
        start_on, end_on = _as_date(start, last=False), _as_date(end, last=end is span and span is not None)
        length = self._length()
        if length is not None:
            start_on, end_on = _by_length(start_on, end_on, length.mention)
        if not start_on.value:
            start = start or self._start(_ABOUT_ORDER, is_own=False) or self._start(_LAST_ORDER, is_own=True)
            start_on = _as_date(start, last=False)
            start_on, end_on = _by_length(start_on, end_on, length.mention) if length else (start_on, end_on)
        if not end_on.value and not self.is_tour:
            end = self._ahead()
            end_on = _as_date(end, last=False)
        if start_on.value and end_on.value and end_on.value < start_on.value[: len(end_on.value)]:
            end_on, end = _UNKNOWN, None
        evidence = (
            *self._evidence("start_on", start or (length if start_on.value else None)),
            *self._evidence("end_on", end or (length if end_on.value else None)),
        )
        return VisitDates(start_on, end_on, evidence)

    def _range(self, *, is_own: bool) -> _Dated | None:
        ranges = (told for told in self.told if told.mention.form == "range" and told.is_own == is_own)
        return next((told for told in ranges if told.role != "said" and (is_own or told.role != "none")), None)

    def _length(self) -> _Dated | None:
        lengths = (told for told in self.told if told.mention.form == "duration" and told.role == "visit")
        return next((told for told in lengths if told.is_own or not self.is_tour), None)

    def _start(self, roles: Sequence[Role], *, is_own: bool) -> _Dated | None:
        """The day of arrival if one is told, else the earliest day of the strongest sentence that has one."""
        days = [told for told in self.told if told.mention.form not in ("range", "duration") and told.is_own == is_own]
        days = [told for told in days if not self._is_ahead(told)]
        for role in roles:
            of_role = [told for told in days if told.role == role]
            exact = [told for told in of_role if told.mention.precision == "day"] or of_role
            if exact and (role not in ("said", "dateline") or self.status != "announced"):
                best = min(told.rank for told in exact)
                return min((told for told in exact if told.rank == best), key=lambda told: told.mention.first or "9")
        return None

    def _arrival_before(self, start: _Dated | None) -> _Dated | None:
        """An arrival that the article tells elsewhere, some days before the meeting."""
        day = day_of(start.mention.first) if start and start.role != "start" else None
        if day is None or start is None or self.status not in ("under_way", "concluded"):
            return start
        for told in self.told:
            arrived = day_of(told.mention.first)
            if told.is_own or arrived is None or told.mention.form not in ("day", "weekday", "relative"):
                continue
            if told.role in ("start", "visit") and timedelta(0) < day - arrived <= _LONGEST_BEFORE[told.role]:
                return told
        return start

    def _is_ahead(self, told: _Dated) -> bool:
        """A day after the publication can't be the start of what has begun."""
        day = day_of(told.mention.first)
        return bool(day and self.published and self.status in ("under_way", "concluded") and day > self.published)

    def _end(self, *, is_own: bool) -> _Dated | None:
        """The stated day of departure."""
        days = (told for told in self.told if told.mention.form not in ("range", "duration") and told.role == "end")
        return next((told for told in days if told.is_own == is_own), None)

    def _ahead(self) -> _Dated | None:
        """The latest day to come of a visit that is going on."""
        if self.status != "under_way" or self.published is None:
            return None
        limit = (self.published + _LONGEST_AHEAD_OF_STAY).isoformat()
        days = [told for told in self.told if self._is_ahead(told) and told.role in ("visit", "start")]
        days = [told for told in days if told.mention.form != "range" and (told.mention.first or "") <= limit]
        return max(days, key=lambda told: told.mention.first or "", default=None)

    def _of_range(self, span: _Dated, start: _Dated | None, end: _Dated | None) -> tuple[_Dated | None, _Dated | None]:
        """A visit has its range; of a tour's range the first stop has the start and the last one the end."""
        if not self.is_tour:
            return span, span
        stops = self._stops(span)
        if self.host is None or self.host not in stops:
            return (start, end or span) if start is not None else (span, end)
        is_first, is_last = self.host == stops[0], self.host == stops[-1]
        return (span if is_first else start), (span if is_last else end)

    def _stops(self, span: _Dated) -> list[str]:
        """The countries of a sentence in printed order, without the visitor's own."""
        sentence = self.document.sentence_at(span.mention.start)
        places = _places(self.document.text[sentence.start : sentence.end], self.document.language)
        named = (place.countries[0] for place in places if place.kind in ("country", "city"))
        return [country for country in dict.fromkeys(named) if country != self.visitor]

    def _evidence(self, field: str, told: _Dated | None) -> Iterator[Evidence]:
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
_LONGEST_BEFORE = {"start": timedelta(6), "visit": timedelta(2)}


def _as_date(told: _Dated | None, *, last: bool) -> VisitDate:
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
