"""Where two met is told by a seat only, "à son cabinet": whose is it? Whose are authorities that nobody names?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from extractors.text import Span
from extractors.visits.actors import Actor
from extractors.visits.claims import Sentence
from extractors.visits.language_files import language_table
from extractors.visits.phrases import any_source, listed
from extractors.visits.places import Place
from extractors.visits.scene import Scene


def guest_and_host(scene: Scene, span: Span, first: Actor | None, second: Actor | None) -> tuple[Actor, Actor] | None:
    """Of two who talk at one's seat, who is whose guest: at the subject's own, or where one of them holds the office
    and the other is of a printed state."""
    if first is None or second is None or first.is_barred or second.is_barred:
        return None
    if not (first.serves or second.serves) or first.serves == second.serves or first.is_vague or second.is_vague:
        return None
    seats = _seats(scene.lexicon.language)
    found = {office for office, seat in seats.items() if seat.search(scene.folded, span.start, span.end)}
    if "own" in found and first.office:
        return second, first
    holders = [a for a in (first, second) if a.office in found]
    guest = second if holders == [first] else first
    return (guest, holders[0]) if len(holders) == 1 and guest.serves else None


def office_at(scene: Scene, number: int, state: str | None) -> str | None:
    """ "reçu au palais présidentiel par X", "« … », a assuré la présidence togolaise": whose seat a sentence names, or
    the next one with its state."""
    seats, span = _seats(scene.lexicon.language), scene.sentences[number]
    found = [office for office, seat in seats.items() if seat.search(scene.folded, *span) and office != "own"]
    if found or state is None:
        return found[0] if len(found) == 1 else None
    end = scene.sentences[min(number + 1, len(scene.sentences) - 1)].end
    for told in _presidency(scene.lexicon.language).finditer(scene.folded, span.start, end):
        beside = (scene.place_at.get(told.end() + 1), scene.place_ending.get(told.start() - 1))
        if any(place and place.kind == "demonym" and state in place.countries for place in beside):
            return "head_of_state"
    return None


def authorities(scene: Scene, span: Span) -> Iterator[tuple[Span, Place]]:
    """ "les autorités togolaises": officials of a state of whom none is named, and the state."""
    for told in _authorities(scene.lexicon.language).finditer(scene.folded, span.start, span.end):
        beside = (scene.place_at.get(told.end() + 1), scene.place_ending.get(told.start() - 1))
        state = next((p for p in beside if p and p.kind == "demonym"), None)
        if state:
            yield Span(told.start(), told.end()), state


def body_of(sentence: Sentence, start: int, end: int) -> tuple[Place, ...]:
    """ "(est l'hôte) de l'Assemblée nationale togolaise": the state of a body, and of nobody by name or office."""
    place = next((p for p in sentence.places if p.kind == "demonym" and start <= p.start < end), None)
    is_somebody_s = place and any(start <= m.start <= place.start for m in sentence.people)
    return (place,) if place and not is_somebody_s else ()


@cache
def _authorities(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_source(language_table(language, 'words').get('authorities', ()))})(?!\w)")


@cache
def _presidency(language: str) -> re.Pattern[str]:
    told = listed(language, "presidency")
    return re.compile(rf"(?<!\w)(?:{told})(?!\w)")


@cache
def _seats(language: str) -> Mapping[str, re.Pattern[str]]:
    """By office, and "own": the seats that no state's name stands beside."""
    table = language_table(language, "own_seats") or {}
    return {office: re.compile(rf"(?<!\w)(?:{any_source(seats)})(?!\w)") for office, seats in table.items()}
