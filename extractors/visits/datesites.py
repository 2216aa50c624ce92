"""Where was the visitor on the days that a sentence tells: in the host country, at another stop, on the way home?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from operator import attrgetter

from extractors.text import Span
from extractors.visits.calendar_days import day_of
from extractors.visits.date_mentions import DateMention
from extractors.visits.datecues import DateCues, Role
from extractors.visits.dates import find_dates
from extractors.visits.document import Document
from extractors.visits.phrases import listed
from extractors.visits.places import Place, find_places

FORMS = ("day", "range", "weekday", "relative")
_BEFORE_PLACE = 15
_BEGIN = attrgetter("start")
_ONWARD = 30
"""From the town that is left to the next: " mardi matin pour "."""
_TIED = 5
_WAY = timedelta(2)
_LINKS, _LINK = 2, 3
"""So many words, and so short, stand between the states of a list: "et au"."""
_NEAR, _BEHIND, _CLAUSE, _WHENCE = 60, 15, 120, 24
"""A place is told behind its day more often than before it."""
_JOINED = 5
"""Between a place and the day that belongs to it: "Bamako (2 avril)"."""
_CAPITAL_BEFORE = re.compile(r"(?:capitale?|العاصمه) $")
_CAPITAL_BEHIND = re.compile(r" capital(?!\w)")
_HALF_A_NAME = re.compile(r"-[^\W\d_a-zß-öø-ÿ]\w+[ ,]")
"""Right behind a town's name: "Sana-Ouattara"."""


@dataclass(slots=True, unsafe_hash=True)
class Dated:
    """A mention with what the words around it say of it; `rank` is the place of its sentence, 0 the strongest."""

    mention: DateMention
    role: Role
    rank: int
    is_own: bool = True
    """Told in a sentence of the visit itself, not only about it."""
    is_of_stop: bool = False
    """A range that is one stop's own, not the whole tour's."""
    is_last: bool = False
    """The text goes on that the visitor left on this day."""
    is_of_tour: bool = False
    """A length that several stops share."""


def places_of(document: Document, sentence: Span) -> tuple[Place, ...]:
    """The places of one sentence, with offsets of the sentence."""
    known = document.sentence_places
    if sentence not in known:
        text, folded = (whole[sentence.start : sentence.end] for whole in (document.text, document.folded))
        found = find_places(text, document.language, folded)
        known[sentence] = tuple(p for p in found if not _HALF_A_NAME.match(text, p.end))
    return known[sentence]


def _places_between(document: Document, sentence: Span, start: int, end: int) -> tuple[Place, ...]:
    """Those of a sentence that begin in a stretch of the text: a sentence may be as long as its article."""
    places = places_of(document, sentence)
    first = bisect_left(places, start - sentence.start, key=_BEGIN)
    return places[first : bisect_left(places, end - sentence.start, first, key=_BEGIN)]


def place_near(document: Document, one: Dated, visitor: str | None) -> Place | None:
    """The country or city that stands nearest to a date in its sentence, the visitor's own left out."""
    comes = one.role not in ("end", "leave")
    known, asked = document.sites, (one.mention.start, one.mention.end, visitor, comes)
    if asked not in known:
        known[asked] = _place_near(document, one.mention, visitor, comes=comes)
    return known[asked]


def _place_near(document: Document, mention: DateMention, visitor: str | None, *, comes: bool) -> Place | None:
    sentence = document.sentence_at(mention.start)
    told = _place_of_clause(document, sentence, mention)
    if told is not None and told.countries[0] != visitor:
        return told
    language, folded = document.language or "", document.folded
    nearest: tuple[int, Place] | None = None
    joined: Place | None = None
    for place in _places_between(document, sentence, mention.start - 2 * _NEAR, mention.end + _NEAR + 1):
        start, end = place.start + sentence.start, place.end + sentence.start
        is_site = place.kind in ("country", "city") or (place.kind == "demonym" and _is_capital(document, start, end))
        if not is_site or place.countries[0] == visitor:
            continue
        ahead, behind = start - mention.end, mention.start - end
        if comes and ahead >= 0 and _whence(language).fullmatch(folded, mention.end, start):
            continue  # "flew into Delhi on Wednesday from Tokyo"
        if joined is not None and ahead >= 0 and _has_own_day(document, end):
            break
        joined = place if 0 <= behind <= _JOINED else joined
        gap = ahead if ahead >= 0 else behind if behind <= _JOINED else behind + _BEHIND
        if gap <= _NEAR and (nearest is None or gap < nearest[0]):
            nearest = gap, place
    if nearest is None:
        return None
    place = nearest[1]
    return replace(place, start=place.start + sentence.start, end=place.end + sentence.start)


def _place_of_clause(document: Document, sentence: Span, mention: DateMention) -> Place | None:
    """ "arrived in Delhi from Tokyo, where he met the premier on Monday": of a clause of place, that place."""
    first = max(sentence.start, mention.start - _CLAUSE)
    told = _where(document.language or "").finditer(document.folded, first, mention.start)
    opening = max(told, key=lambda match: match.start(), default=None)
    if opening is None:
        return None
    before = _places_between(document, sentence, opening.start() - _NEAR, opening.start())
    last = before[-1] if before and before[-1].end + sentence.start == opening.start() else None
    is_site = last is not None and last.kind in ("country", "city")
    if last is None or not is_site or _places_between(document, sentence, opening.end(), mention.start):
        return None
    return replace(last, start=last.start + sentence.start, end=last.end + sentence.start)


@cache
def _where(language: str) -> re.Pattern[str]:
    return re.compile(rf",? (?:{listed(language, 'where')})(?!\w)")


@cache
def _whence(language: str) -> re.Pattern[str]:
    """Between a day and the place from which somebody came on it."""
    return re.compile(rf",? (?:{listed(language, 'from', 'place_case')})(?: \w{{1,3}})?[ ']")


def _has_own_day(document: Document, end: int) -> bool:
    """ "à Lomé, le 17 mars, à Accra, le 18": where a day stands behind the next place, each is behind its own."""
    stop = document.sentence_at(end).end
    behind = slice(end, min(stop, end + _NEAR))
    told = find_dates(document.text[behind], document.language, None, document.folded[behind])
    return bool(told) and told[0].start <= _JOINED


def _is_capital(document: Document, start: int, end: int) -> bool:
    """ "la capitale togolaise", "the Togolese capital": a people's name that stands for its first town."""
    before, behind = document.folded[max(0, start - _BEHIND) : start], document.folded[end : end + _BEHIND]
    return bool(_CAPITAL_BEFORE.search(before) or _CAPITAL_BEHIND.match(behind))


def departures(document: Document, told: list[Dated], cues: DateCues, host: str | None) -> list[Dated]:
    """Who leaves another country, or for the host, sets out; who leaves the host, or a place not named, ends it."""
    turned = []
    for one in told:
        if one.role == "leave":
            place = place_near(document, one, None)
            place = None if place and _stands_before_leaving(document, one, place, cues) else place
            is_there = place is None or host is None or host in place.countries
            is_goal = place is not None and _is_goal(document, one, place, cues)
            role: Role = "start" if place is not None and is_there == is_goal else "end"
            role = "visit" if role == "start" and is_goal and _is_later(one, told) else role
            role = "visit" if role == "end" and place and _goes_on_within(document, place, cues) else role
            role = "none" if role == "start" and _is_on_the_way(one, told) else role
            one = replace(one, role=role)
        turned.append(one)
    return [
        one for one in turned if one.mention.anaphor != "that_day" or one.role == "end" or _is_with_its_day(one, told)
    ]


def _is_on_the_way(one: Dated, told: Sequence[Dated]) -> bool:
    """ "a quitté Bamako lundi pour Tokyo, où il est arrivé mardi": who arrives a day or two later is not there yet."""
    left = day_of(one.mention.first)
    days = (day_of(t.mention.first) for t in told if t.role == "start" and t.is_own and t.mention.precision == "day")
    return left is not None and any(day and timedelta(0) < day - left <= _WAY for day in days)


def _goes_on_within(document: Document, left: Place, cues: DateCues) -> bool:
    """ "a quitté mardi Lomé pour Kara": another town of the same state, to which the text says that one goes."""
    sentence = document.sentence_at(left.start)
    places = _places_between(document, sentence, left.end + 1, left.end + _ONWARD + 1)
    behind = replace(places[0], start=places[0].start + sentence.start) if places else None
    if behind is None or behind.kind != "city" or behind.countries != left.countries or left.kind != "city":
        return False
    return cues.destination.search(document.folded, left.end, behind.start) is not None


def _is_with_its_day(one: Dated, told: Sequence[Dated]) -> bool:
    """ "mardi à Banjul, avant de rallier Bissau le même jour": the day that is meant stands in the same sentence."""
    days = (t for t in told if t.rank == one.rank and t.mention is not one.mention)
    return any(t.mention.first == one.mention.first for t in days)


def _is_later(one: Dated, told: Sequence[Dated]) -> bool:
    """ "a rencontré hier X … s'envole mardi pour Toamasina": who sets out for another town of the host is there."""
    days = (t.mention.first for t in told if t.role in ("start", "visit") and t.is_own and t.mention.form in FORMS)
    return any(day and day < (one.mention.first or "") for day in days)


def _stands_before_leaving(document: Document, one: Dated, place: Place, cues: DateCues) -> bool:
    """ "l'envoyé d'Alger, qui est reparti lundi": a place before the verb is not what is left."""
    found = cues.nearest.finditer(document.folded, place.end, max(place.end, one.mention.start))
    return any(cue.lastgroup == "leave" for cue in found)


def _is_goal(document: Document, one: Dated, place: Place, cues: DateCues) -> bool:
    """Whether the text says that one goes to a place: "pour Dakar", "s'envolera samedi pour une visite au Sénégal"."""
    if place.start > one.mention.end and cues.over.search(document.folded, one.mention.end, place.start):
        return False
    is_told = cues.destination.search(document.folded, max(0, place.start - _BEFORE_PLACE), place.start) is not None
    behind = cues.onward.match(document.folded, one.mention.end) if place.start > one.mention.end else None
    return is_told or behind is not None


def of_host(document: Document, told: list[Dated], host: str, visitor: str | None, *, is_tour: bool) -> list[Dated]:
    """Where one sentence tells the days of several countries, those that stand nearest to the host.

    On a tour the stop's own day may stand in another sentence than the day of the first stop.
    """
    free = [one for one in told if one.mention.form != "duration" and one.role != "dateline"]
    free = [one for one in free if one.role != "end" or one.mention.form == "range"]
    where = [(one, is_elsewhere(document, one, host, visitor)) for one in free]
    away = {id(one) for one, is_away in where if is_away}
    near = {_kind(one) for one, is_away in where if is_away is False}
    if is_tour:
        ends = (t for t in told if t.role == "end" and t.mention.form in ("day", "weekday"))
        near |= {_kind(t) for t in ends if is_elsewhere(document, t, host, visitor) is False}
    if is_tour and any(not is_range for _, is_range in near):
        near |= {_kind(one) for one in free if one.mention.form != "range"}
    apart = {one.rank for one in free if is_tour and _is_of_stop(document, one, free)}
    dated = {rank for rank, _ in near}
    there = [t for t in free if id(t) in away]
    tied = {id(t) for t in there if _is_in_clause(document, t) or (t.rank in dated and _is_tied(document, t, visitor))}
    tied |= {id(t) for t in there if _is_left(document, t, host)}
    kept = [t for t in told if id(t) not in away or not (_kind(t) in near or _is_of_other(t, near, apart))]
    kept = [t for t in kept if id(t) not in tied]
    own = {id(t) for t in kept if t.mention.form == "range" and (t.rank in apart or _is_in_clause(document, t))}
    return [replace(t, is_of_stop=True) if id(t) in own else t for t in kept]


def _is_tied(document: Document, one: Dated, visitor: str | None) -> bool:
    """ "en Mauritanie les 20 et 21 mars, puis en Côte d'Ivoire en avril": a range right behind its state is its own."""
    place = place_near(document, one, visitor) if one.mention.form == "range" else None
    return place is not None and 0 <= one.mention.start - place.end <= _TIED


def _is_left(document: Document, one: Dated, host: str) -> bool:
    """ "llegó el lunes a Libreville procedente de Brazzaville": the day on which one came from the host elsewhere."""
    sentence = document.sentence_at(one.mention.start)
    behind = _places_between(document, sentence, one.mention.end, one.mention.end + _NEAR)
    sites = [p for p in behind if p.kind in ("country", "city")]
    whence, folded = _whence(document.language or ""), document.folded
    ends = (max(one.mention.end, sentence.start + p.start - _WHENCE) for p in sites)
    told = ((p, whence.search(folded, end, sentence.start + p.start)) for p, end in zip(sites, ends, strict=True))
    return any(host in p.countries and match and match.end() == p.start + sentence.start for p, match in told)


def _is_in_clause(document: Document, one: Dated) -> bool:
    """ "procedente de Japón, donde permaneció entre el lunes y el miércoles": a range told in a clause of place."""
    sentence = document.sentence_at(one.mention.start)
    return one.mention.form == "range" and _place_of_clause(document, sentence, one.mention) is not None


def _is_of_stop(document: Document, one: Dated, free: Sequence[Dated]) -> bool:
    """ "a Lomé no dia 18, e a Dacar de 19 a 20": a range that a day parts from the place before is one stop's own; one
    behind a list of stops is the whole tour's."""
    place = place_near(document, one, None) if one.mention.form == "range" else None
    if place is None:
        return False
    ranges = (t for t in free if t.rank == one.rank and t.mention.form == "range" and t is not one)
    others = (place_near(document, t, None) for t in ranges)
    if any(other is not None and other.countries != place.countries for other in others):
        return True
    if _is_followed_by_other(document, one, place, free):
        return True
    days = [t for t in free if t.rank == one.rank and t.mention.form != "range" and t.mention.end <= place.start]
    last = max(days, key=lambda t: t.mention.end, default=None)
    other = place_near(document, last, None) if last else None
    if last is None or other is None or other.countries == place.countries:
        return False
    sentence = document.sentence_at(place.start)
    between = _places_between(document, sentence, last.mention.end, place.start)
    return all(p.countries in (place.countries, other.countries) for p in between)


def _is_followed_by_other(document: Document, one: Dated, place: Place, free: Sequence[Dated]) -> bool:
    """ "visits Vietnam on March 17-18 and Thailand on March 19": each right behind its state."""
    behind = next((t for t in free if t.rank == one.rank and t.mention.start >= one.mention.end), None)
    other = place_near(document, behind, None) if behind else None
    if behind is None or other is None or not 0 <= one.mention.start - place.end <= _JOINED:
        return False
    is_joined = one.mention.end <= other.start and 0 <= behind.mention.start - other.end <= _JOINED
    return is_joined and other.countries != place.countries


def _is_of_other(one: Dated, near: set[tuple[int, bool]], apart: set[int]) -> bool:
    """Where each day and each range of a sentence is a stop's own, those of the others are none of the host's."""
    return one.rank in apart and (one.rank, one.mention.form != "range") in near


def _kind(one: Dated) -> tuple[int, bool]:
    """Its sentence, and whether it is a range: only days of the same kind compete."""
    return one.rank, one.mention.form == "range"


def is_elsewhere(document: Document, one: Dated, host: str, visitor: str | None) -> bool | None:
    """Whether the country nearest to a date in its sentence is another than the host; None where none is near."""
    place = place_near(document, one, visitor)
    if place is not None and one.role == "start" and one.mention.form != "range" and place.end <= one.mention.start:
        place = _first_of_list(document, place)
    return None if place is None else host not in place.countries


def _first_of_list(document: Document, place: Place) -> Place:
    """ "will visit India and Sri Lanka from Friday": a journey to all begins at the first."""
    sentence = document.sentence_at(place.start)
    places = places_of(document, sentence)
    for number in range(bisect_left(places, place.start - sentence.start, key=_BEGIN) - 1, -1, -1):
        before = places[number]
        between = document.folded[before.end + sentence.start : place.start].replace(",", " ").split()
        if len(between) > _LINKS or any(len(word) > _LINK for word in between) or before.kind != place.kind:
            break
        place = replace(before, start=before.start + sentence.start, end=before.end + sentence.start)
    return place
