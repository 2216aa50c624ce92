"""When does a visit begin and end: the dates that its own sentences tell, and none of another event."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter

from extractors.records import VisitDate
from extractors.text import Span
from extractors.visits.calendar_days import day_of, nearest_month, weekday_near
from extractors.visits.date_mentions import DateMention, latest_day
from extractors.visits.datechoice import Choice, VisitDates
from extractors.visits.datecues import DateCues, Role, is_of_tour, load_date_cues, parting_behind, role_of
from extractors.visits.dates import find_dates
from extractors.visits.datesites import Dated, departures, is_elsewhere, of_host, place_near, places_of
from extractors.visits.document import Document
from extractors.visits.homecoming import homecomings
from extractors.visits.plausible_dates import is_plausible, is_possible

_WEEK = timedelta(7)
_LONGEST_CARRY = 3
_TIED = 12
"""A place so near behind a day is where something happened on it: "a achevé lundi à Lomé une tournée"."""
_HEAD, _OPENING = 120, 90
_NEXT_GOAL = 40
_LINE_HEAD = re.compile(r"\W*(?:[^\W\d]+ (?:n° ?)?\d{1,2}\W{1,3})?(?:[^\W\d]{1,4} )?")
_HEAD_END = re.compile(r"\W*(?:\d{4}\W*)?(?:$|:)")
_SURE: tuple[Role, ...] = ("start", "visit", "end")
_UNKNOWN = VisitDate()
_START = attrgetter("start")
_STAND_IN = date(2001, 6, 14)
"""A day for the publication, where none is known; only what is told against it counts."""


def visit_dates(
    document: Document,
    spans: Sequence[Span],
    *,
    status: str,
    is_tour: bool = False,
    visitor: str | None = None,
    host: str | None = None,
    about: Sequence[Span] = (),
    stops: frozenset[str] = frozenset(),
    goes_home: bool = False,
) -> VisitDates:
    """Start and end of the visit that the sentences tell, by the codebook's rules; the strongest sentence comes first.

    Days of earlier sessions and visits, anniversaries and announcements are left out. Of a tour's range the first stop
    takes the start, the last one the end. `visitor` and `host` (ISO 3166-1 alpha-3) decide between the days of several
    stops in one sentence. `about`: further sentences that speak of this visit; they are asked for what `spans`
    leave open: arrival, departure, length, range; all that is asked where `spans` is empty. `stops`: all states to
    which the visitor goes on this journey. `goes_home`: no other stop of his follows, so that the day of his return,
    wherever it is told, is the end.
    """
    cues = load_date_cues(document.language) if document.language else None
    if cues is None:
        return VisitDates()
    if not spans:
        spans, about = about, ()
    published = day_of(document.published_on) or _reference(document, spans)
    asked = _Asked(document, cues, published, status, visitor, host, is_tour, stops)
    told = _of_these_days([*asked.own(spans), *asked.more(spans, about), *asked.programme(spans, about)])
    told = asked.with_homecoming(told, spans) if goes_home else told
    choice = Choice(document, told, status, published, is_tour, visitor, host, stops)
    found = choice.made()
    if not found.start_on.value and status in ("under_way", "concluded") and not is_tour:
        carried = [] if asked.tells_days_elsewhere(spans) else _carried(document, asked, spans)
        found = replace(choice, told=[*told, *carried]).made() if carried else found
    if found.start_on.value or found.end_on.value or published is None:
        return found
    # no day fits the status: the days decide
    told = [one for one in replace(asked, status=None).own(spans) if one.role in _SURE and _is_exact(one)]
    told = [one for one in told if status != "announced" or one.mention.direction != "past" or one.role == "start"]
    return Choice(document, told, "", published, is_tour, visitor, host, stops).made() if told else found


@dataclass(frozen=True, slots=True)
class Told:
    """The days that an article tells of a visit, before its status is known."""

    published: date | None
    """None where neither the publication nor a word like "yesterday" says how the days lie against it."""
    start_on: VisitDate = _UNKNOWN
    end_on: VisitDate = _UNKNOWN
    own: frozenset[date] = frozenset()
    """All days of the visit's own sentences."""
    starts: frozenset[date] = frozenset()
    """Days on which the visitor arrives or begins the visit."""
    ends: frozenset[date] = frozenset()
    """Days on which the visitor leaves or comes home."""
    all: frozenset[date] = frozenset()
    """The own days and those of other sentences that belong to the visit."""


def told_days(
    document: Document,
    spans: Sequence[Span],
    about: Sequence[Span],
    visitor: str | None,
    host: str | None,
    *,
    goes_home: bool = False,
) -> Told:
    """The days told of a visit, whatever its status; arguments as for `visit_dates`.

    Without a publication day only words like "hier" and "demain" are heard, against a day that stands in for it.
    """
    cues = load_date_cues(document.language) if document.language else None
    if cues is None:
        return Told(None)
    published = day_of(document.published_on)
    asked = _Asked(document, cues, published or _STAND_IN, None, visitor, host)
    found = [*asked.own(spans), *asked.more(spans, about), *asked.programme(spans, about)]
    found = asked.with_homecoming(found, spans) if goes_home else found
    told = [one for one in found if one.role != "said"]
    if not any(_is_exact(one) for one in told):
        carried = _carried(document, asked, spans)  # a day to come in a sentence before is something else's
        told += [one for one in carried if published is None or (one.mention.first or "") <= published.isoformat()]
    if any(_is_exact(one) and one.role != "dateline" for one in told):
        told = [one for one in told if one.role != "dateline"]
    if published is None:
        told = [one for one in told if one.mention.form == "relative"]
        if not told:
            return Told(None)
    chosen = Choice(document, told, "", asked.published, False, visitor, host).made()
    exact = [one for one in told if _is_exact(one)]
    return Told(
        asked.published,
        chosen.start_on,
        chosen.end_on,
        frozenset(_days_of(one for one in exact if one.is_own)),
        frozenset(_days_of(one for one in exact if one.role == "start")),
        frozenset(_days_of(one for one in exact if one.role == "end")),
        frozenset(_days_of(exact)),
    )


def _days_of(told: Iterable[Dated]) -> Iterator[date]:
    for one in told:
        day = day_of(one.mention.last or one.mention.first)
        if day:
            yield day


def _carried(document: Document, asked: _Asked, spans: Sequence[Span]) -> list[Dated]:
    """The day that the sentences shortly before the visit's first one set for what they all tell."""
    first = min((span.start for span in spans), default=0)
    opening = document.folded[first : first + _OPENING]
    roles: tuple[Role, ...] = ("start", "visit", "none", *(("said",) if asked.cues.spoken.search(opening) else ()))
    for _ in range(_LONGEST_CARRY):
        if first <= 0:
            break
        before = document.sentence_at(max(0, first - 3))
        days = [one for one in asked.own([before]) if _is_exact(one) and one.role in roles]
        days = [one for one in days if one.mention.form in ("day", "weekday", "relative")]
        if days:
            return days[:1]
        first = before.start
    return []


def _of_these_days(told: list[Dated]) -> list[Dated]:
    """ "left Accra on Tuesday. … the commission, which last met in 2019": no year of something earlier where a day of
    the visit is told."""
    if not any(one.role in _SURE and _is_exact(one) for one in told):
        return told
    return [one for one in told if one.role != "earlier" or one.mention.precision == "day"]


def _is_exact(one: Dated) -> bool:
    return one.mention.precision == "day" and one.mention.form != "duration"


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question: the days of one visit; without a status any day near the publication will do."""

    document: Document
    cues: DateCues
    published: date | None
    status: str | None
    visitor: str | None
    host: str | None
    is_tour: bool = False
    stops: frozenset[str] = frozenset()

    def own(self, spans: Sequence[Span]) -> list[Dated]:
        """The dates of the sentences that tell the visit."""
        told = departures(self.document, self._dated(spans, 0), self.cues, self.host)
        told = [one for one in told if not self._ends_elsewhere(one)]
        return of_host(self.document, told, self.host, self.visitor, is_tour=self.is_tour) if self.host else told

    def tells_days_elsewhere(self, spans: Sequence[Span]) -> bool:
        """ "llegó el lunes a Lima procedente de Quito, donde …": whether all days of Quito's sentence are Lima's."""
        days = [one for one in self._dated(spans, 0) if _is_exact(one) and one.mention.form != "duration"]
        return bool(days) and self.host is not None and not self.own(spans)

    def more(self, spans: Sequence[Span], about: Sequence[Span]) -> list[Dated]:
        """The days of further sentences, without those of other countries; unclear ones only beside the visit's own."""
        document, host = self.document, self.host
        further = [span for span in about if span not in spans and not self._is_of_event(span)]
        told = [replace(one, is_own=False) for one in self._dated(further, len(spans)) if _is_day_or_length(one)]
        told = [one for one in departures(document, told, self.cues, host) if not self._ends_elsewhere(one)]
        if host:
            told = [t for t in told if t.role == "end" or is_elsewhere(document, t, host, self.visitor) is not True]
        if not told:
            return []
        near = [*spans, *(other for span in spans for other in _beside(document, span))]
        return [one for one in told if one.role != "none" or any(s.start <= one.mention.start < s.end for s in near)]

    def programme(self, spans: Sequence[Span], about: Sequence[Span]) -> Iterator[Dated]:
        """The first and the last day of a programme by days, each at the head of a line of its own."""
        published = self.published.isoformat() if self.published else None
        told = _mentions(self.document.text, self.document.language, published, self.document.folded)
        inside = [m for m in told if m.form in ("day", "weekday") and any(s.start <= m.start < s.end for s in about)]
        heads = [m for m in inside if _heads_line(self.document.folded, m)]
        ends: tuple[tuple[DateMention, Role], ...] = ((heads[0], "start"), (heads[-1], "end")) if len(heads) > 1 else ()
        for mention, role in ends:
            turned = _turned(mention, self.status, role, self.published)
            if is_plausible(turned, self.status, self.published):
                yield Dated(turned, role, len(spans))

    def with_homecoming(self, told: Sequence[Dated], spans: Sequence[Span]) -> list[Dated]:
        """With the day on which the visitor goes home as an end, whatever the words around it sounded like; a way home
        that is told before the visit is that from another."""
        first = min((span.start for span in spans), default=0)
        published = self.published.isoformat() if self.published else None
        mentions = _mentions(self.document.text, self.document.language, published, self.document.folded)
        home = list(homecomings(self.document, mentions, self.visitor)) if self.visitor else []
        home = [mention for mention in home if mention.start >= first]
        at = {mention.start for mention in home}
        turned = (_turned(_of_that_day(mention, told), self.status, "end", self.published) for mention in home)
        ends = [m for m in turned if is_plausible(m, self.status, self.published)]
        own = [one for one in told if one.mention.start not in at or one.role == "end"]
        known = {one.mention.start for one in own}
        return [*own, *(Dated(m, "end", len(told), is_own=False) for m in ends if m.start not in known)]

    def _ends_elsewhere(self, one: Dated) -> bool:
        """ "avant d'achever jeudi sa tournée au Zimbabwe" tells no end of the stops before; "est rentré jeudi d'une
        tournée qui l'a conduit au Ghana et au Togo" that of the last."""
        if one.role != "end" or len(self.stops) <= 1:
            return False
        sentence = self.document.sentence_at(one.mention.start)
        told = [p for p in places_of(self.document, sentence) if p.countries[0] in self.stops]
        ahead = told[0].start + sentence.start if len({p.countries for p in told}) > 1 else 0
        if one.mention.end + _TIED <= ahead and self.cues.journey.search(self.document.folded, one.mention.end, ahead):
            return self.host not in told[-1].countries
        place = place_near(self.document, one, self.visitor)
        return place is not None and place.countries[0] in self.stops and self.host not in place.countries

    def _is_of_event(self, span: Span) -> bool:
        """ "La Conférence, ouverte mardi, …": such a sentence tells the days of a gathering, not of the visit."""
        return self.cues.event.match(self.document.folded, span.start, span.end) is not None

    def _dated(self, spans: Iterable[Span], rank: int) -> list[Dated]:
        """The dates of these sentences that can belong to a visit of this status."""
        published = self.published.isoformat() if self.published else None
        mentions = _mentions(self.document.text, self.document.language, published, self.document.folded)
        found: list[Dated] = []
        for at, span in enumerate(spans, rank):
            first = bisect_left(mentions, span.start, key=_START)
            for number in range(first, bisect_left(mentions, span.end, first, key=_START)):
                mention = mentions[number]
                role = role_of(self.document.folded, span, mention, self.cues)
                turned = _turned(_of_that_day(mention, found), self.status, role, self.published)
                is_ahead = self.status == "announced" and self._is_still_to_come(turned)
                role = "visit" if role == "said" and is_ahead else role
                may_be = is_possible(mention, role, self.status)
                if may_be and is_plausible(turned, self.status, self.published):
                    turned = _in_order(turned, role, found, at)
                    turned = _behind_start(turned, found) if self.status == "announced" else turned
                    is_last = self._is_last(span, mention, next(iter(mentions[number + 1 :]), None))
                    is_of_all = self.is_tour and is_of_tour(self.document.folded, mention, self.cues)
                    found.append(Dated(turned, role, at, is_last=is_last, is_of_tour=is_of_all))
        return found

    def _is_still_to_come(self, mention: DateMention) -> bool:
        """ "les 27 et 28 octobre, a assuré le ministère": nobody has said anything on a day after the publication."""
        day = day_of(mention.first) if mention.form in ("day", "range") else None
        return day is not None and self.published is not None and day > self.published

    def _is_last(self, span: Span, mention: DateMention, following: DateMention | None) -> bool:
        """Whether the visitor leaves the host on a day, before the next day that is told."""
        stop = min(span.end, following.start) if following else span.end
        left = parting_behind(self.document.folded, stop, mention, self.cues)
        if left is None:
            return False
        ahead = (p for p in places_of(self.document, span) if left <= p.start + span.start <= left + _NEXT_GOAL)
        return all(self.host not in place.countries for place in ahead)


def _is_day_or_length(one: Dated) -> bool:
    return one.mention.precision == "day" or one.mention.form == "duration"


def _heads_line(folded: str, mention: DateMention) -> bool:
    """ "Lundi 11 novembre :", "Day 1 – Monday, May 6": a day with which a line of a programme begins and ends."""
    start, end = folded.rfind("\n", 0, mention.start) + 1, folded.find("\n", mention.end)
    behind = folded[mention.end : end if end >= 0 else len(folded)]
    return bool(_LINE_HEAD.fullmatch(folded[start : mention.start]) and _HEAD_END.match(behind))


def _beside(document: Document, span: Span) -> Iterator[Span]:
    """The sentences before and behind another."""
    yield document.sentence_at(max(0, span.start - 3))
    yield document.sentence_at(min(len(document.text), span.end + 3))


def _reference(document: Document, spans: Sequence[Span]) -> date | None:
    """Without a publication day: the day with its year that the dateline or the visit's own sentences print."""
    found = _mentions(document.text, document.language, None, document.folded)
    return day_of(latest_day(found, (Span(0, _HEAD), *spans)))


@lru_cache(maxsize=8)
def _mentions(text: str, language: str | None, published_on: str | None, folded: str) -> tuple[DateMention, ...]:
    """An article's dates, found once for all its visits."""
    return find_dates(text, language, published_on, folded)


def _turned(mention: DateMention, status: str | None, role: Role, published: date | None) -> DateMention:
    """A bare weekday looks back where the visit has begun and ahead where it is announced, whatever verb is near; the
    month of a visit that is put off or announced lies ahead."""
    is_month_ahead = role == "moved" or (status == "announced" and mention.direction is None)
    if is_month_ahead and mention.form == "month" and mention.basis == "relative" and mention.first and published:
        year, month = map(int, mention.first.split("-"))
        ahead = year + ((year, month) < (published.year, published.month))
        return replace(mention, first=f"{ahead}-{month:02}")
    is_off = role != "moved" and status in ("cancelled", "postponed")
    if is_off and mention.form == "month" and mention.basis == "relative" and mention.first and published:
        return replace(mention, first=nearest_month(mention.first, published))
    is_bare = mention.form == "weekday" or (mention.form == "range" and mention.basis == "relative")
    if not is_bare or published is None or mention.weekday is None or mention.is_directed:
        return mention
    if role == "said" or (status is None and mention.direction is not None):
        return mention
    if status == "under_way" and mention.direction is not None and role != "end":
        return mention
    if status == "announced" and mention.direction == "past" and role in ("visit", "leave"):
        return mention
    is_ahead = status in ("announced", "postponed", "cancelled") or (status == "under_way" and role in ("end", "leave"))
    day, last = weekday_near(published, mention.weekday, "future" if is_ahead else "past"), day_of(mention.last)
    first = day_of(mention.first)
    moved = (last + (day - first)).isoformat() if last and first else mention.last
    return replace(mention, first=day.isoformat(), last=moved)


def _of_that_day(mention: DateMention, before: Sequence[Dated]) -> DateMention:
    """ "Regresará a última hora de la tarde": of the day told last of this visit, whatever others stand between."""
    last = next((t.mention for t in reversed(before) if _is_exact(t) and t.mention.form != "range"), None)
    is_later = mention.anaphor == "same_day" and last is not None and (mention.first or "") < (last.first or "")
    return replace(mention, first=last.first) if last and is_later else mention


def _in_order(mention: DateMention, role: Role, before: Sequence[Dated], rank: int) -> DateMention:
    """ "lundi à Dakar, mardi à Banjul et mercredi à Bissau": of days to come in one sentence the next is the later."""
    last = next((one for one in reversed(before) if one.rank == rank), None)
    days = day_of(mention.first), day_of(last.mention.first) if last else None
    if last is None or days[0] is None or days[1] is None or not days[0] < days[1]:
        return mention
    are_bare = mention.form == last.mention.form == "weekday" and not mention.is_directed
    if not are_bare or "said" in (role, last.role) or mention.direction == "past" or last.mention.direction == "past":
        return mention
    return replace(mention, first=(days[0] + _WEEK).isoformat())


def _behind_start(mention: DateMention, before: Sequence[Dated]) -> DateMention:
    """ "est attendu lundi prochain à Freetown. … Mercredi, il se rendra à Kenema": a bare weekday told behind the day
    of a visit to come is the next one behind that day."""
    told = (one.mention for one in before if one.role in ("start", "visit") and one.mention.form != "range")
    start = next(told, None)
    if start is None or mention.form != "weekday" or mention.is_directed or not start.start < mention.start:
        return mention
    day, first = day_of(mention.first), day_of(start.first) if start.precision == "day" else None
    is_set = start.is_directed or start.form == "day"
    is_before = day is not None and first is not None and is_set and day < first <= day + _WEEK
    return replace(mention, first=(day + _WEEK).isoformat()) if is_before and day else mention
