"""Which sentences of the body belong to which trip?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extractors.text import Span
from extractors.visits.actors import Cast
from extractors.visits.claims import LABELLED
from extractors.visits.events import Trip
from extractors.visits.mentions import Mention
from extractors.visits.phrases import listed
from extractors.visits.scene import Scene

_BEHIND = 2
_SHORT = 5_000
"""So many characters may all be about one visit, however little of them names it."""
_OF_VISITS = frozenset({"visit_of", "visit_by", "in_visit", "session", "stay", "received"})
_OF_PARTIES = frozenset({"delegation", "counterpart", "official", ""})
_PARAGRAPH = "\n\n"


@dataclass(frozen=True, slots=True)
class Stretches:
    """Spans of the body: `told` tells the trip itself, the strongest first; `about` is all that belongs to it."""

    told: tuple[Span, ...]
    about: tuple[Span, ...]
    own: tuple[Span, ...] = ()
    """Of `about` what follows sentences that tell this trip and no other."""


def stretches_of(scene: Scene, trip: Trip, trips: Sequence[Trip]) -> Stretches:
    """A trip owns the sentences that tell it and those after, up to the next trip's, but for calls made meanwhile; an
    earlier one only its own."""
    strongest = sorted(
        {c.sentence: c for c in reversed(trip.claims)}.values(),
        key=lambda c: (-(c.label in LABELLED) - c.is_travel, c.sentence),
    )
    shown = [c for c in strongest if not c.in_headline and (c.label != "session" or c.visitor)] or strongest
    told = [_of_body(scene, scene.sentences[c.sentence]) for c in shown if not c.in_headline]
    if trip.is_aside:
        return Stretches(tuple(told), tuple(sorted(told)))
    owners: dict[int, list[Trip]] = {}
    for other in trips:
        for claim in other.claims:
            owners.setdefault(claim.sentence, []).append(other)
    about: list[Span] = []
    own: list[Span] = []
    current: list[Trip] = []
    end = _end_of_story(scene, trips)
    calls = scene.sentences_against("phone")
    for number, span in enumerate(scene.sentences):
        mine = owners.get(number)
        if mine and not all(t.is_aside for t in mine):
            current = [t for t in mine if not t.is_aside]
        if (
            (trip in current or not current)
            and not (mine and all(t.is_earlier for t in mine))
            and not (number in calls and not mine)
            and not scene.in_headline(span.start)
            and span.start < end
        ):
            about.append(_of_body(scene, span))
            own.extend(about[-1:] if current and all(t is trip for t in current) else ())
    return Stretches(tuple(told), tuple(about), tuple(own))


def _end_of_story(scene: Scene, trips: Sequence[Trip]) -> int:
    """Where paragraphs about something else begin, at the end: "Par ailleurs, la météorologie annonce …" tells of no
    trip, and names nobody of its people nor their state."""
    people = {id(a): a for t in trips for a in (t.visitor, *t.hosts) if a}
    states = {t.visitor_country for t in trips}
    told = [c.end for c in scene.cues]
    told += [p.end for p in scene.places if not states.isdisjoint(p.countries)]
    told += [m.end for a in people.values() for m in a.mentions]
    begin, opening = max(told, default=0), _aside_openings(scene.lexicon.language)
    while (begin := scene.text.find(_PARAGRAPH, begin)) >= 0:
        if opening.match(scene.folded, begin + len(_PARAGRAPH)):
            return max(begin, scene.shift)
        begin += len(_PARAGRAPH)
    return len(scene.text)


@cache
def _aside_openings(language: str) -> re.Pattern[str]:
    """What a paragraph opens with that tells of another matter."""
    return re.compile(rf"\W*(?:{listed(language, 'aside_openings')})(?!\w)")


def goes_home(trip: Trip, trips: Sequence[Trip]) -> bool:
    """Whether nobody else of the visitor's state travels, he himself to no place that is told later, and nobody comes
    to his state."""
    if trip.is_aside or any(t.host_country == trip.visitor_country for t in trips):
        return False
    others = (t for t in trips if t is not trip and not t.is_earlier and t.visitor_country == trip.visitor_country)
    return all(t.visitor is trip.visitor and _told_at(t) < _told_at(trip) for t in others)


def _told_at(trip: Trip) -> tuple[int, int]:
    """Where a trip is first told, and of those of one sentence where its own place is named."""
    sites = (p.start for c in trip.claims for p in c.places if trip.host_country in p.countries)
    return trip.first, min(sites, default=0)


def beside(scene: Scene, spans: Stretches) -> tuple[Span, ...]:
    """Of what belongs to a trip told in passing the part close to it: its paragraphs and the sentences right behind."""
    text, near = scene.document.text, []
    if sum(span.end - span.start for span in spans.about) <= _SHORT:
        first = min((told.start for told in spans.told), default=0)
        return tuple(s for s in spans.about if s.start >= first or _PARAGRAPH not in text[s.start : first])
    last: tuple[int, Span] | None = None
    for number, span in enumerate(spans.about):
        is_told = span in spans.told
        last = (number, span) if is_told else last
        is_behind = last and (number - last[0] <= _BEHIND or _PARAGRAPH not in text[last[1].start : span.start])
        ahead = (told for told in spans.told if span.start < told.start)
        if is_told or is_behind or any(_PARAGRAPH not in text[span.start : told.start] for told in ahead):
            near.append(span)
    return tuple(near)


def own_days(scene: Scene, cast: Cast, trip: Trip, about: Sequence[Span]) -> tuple[Span, ...]:
    """Of what belongs to a trip the sentences whose days may be its own: not where others act and no word of a visit
    stands ("Le ministre de l'Intérieur a visité jeudi les zones inondées")."""
    people = (trip.visitor, *trip.hosts, *(a for c in trip.claims for a in (c.visitor, c.host)))
    own, states = {id(a) for a in people if a}, {trip.visitor_country, trip.host_country}
    kept, starts = [], [m.start for m in cast.mentions]
    cues = {scene.sentence_number(c.start) for c in scene.cues if c.label in _OF_VISITS}
    for span in about:
        start, end = span.start + scene.shift, span.end + scene.shift
        named = cast.mentions[bisect_left(starts, start) : bisect_left(starts, end)]
        is_own = any(_may_be_of_visit(m) or id(cast.actor(m)) in own for m in named)
        is_own = is_own or any(not states.isdisjoint(p.countries) for p in scene.places_between(start, end))
        acts = any(m.case == "subject" or m.office == "former" for m in named)
        if is_own or scene.sentence_number(start) in cues or not acts:
            kept.append(span)
    return tuple(kept)


def _may_be_of_visit(mention: Mention) -> bool:
    """ "Les ministres", "la délégation"; "l'ancien ministre a enchaîné" may be the visitor, his trial is none's."""
    if mention.office == "former":
        return mention.case == "subject"
    return mention.is_plural or (mention.office in _OF_PARTIES and not mention.is_new)


def _of_body(scene: Scene, span: Span) -> Span:
    return Span(span.start - scene.shift, span.end - scene.shift)
