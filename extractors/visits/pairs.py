"""Which two states does an article tell as one: "entre le Sénégal et la Türkiye", "la commission ivoiro-marocaine",
"Niamey et Ankara resserrent les liens"?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from extractors.text import Span
from extractors.visits.places import Place
from extractors.visits.scene import Scene
from extractors.visits.whereabouts import is_joined

_TWO = 2


def paired_states(scene: Scene, until: int) -> Iterator[frozenset[str]]:
    """The pairs of states that are told before a place of the text, a list of three being none."""
    if not scene.pairs:  # found once: it is asked for at every mention
        scene.pairs.append(_pairs(scene))
    return (pair for at, pair in scene.pairs[0] if at < until)


def _pairs(scene: Scene) -> list[tuple[int, frozenset[str]]]:
    """Where each pair of an article begins, and its states."""
    found: list[tuple[int, frozenset[str]]] = []
    places = [p for p in scene.places if p.kind == "compound" or _is_state(p)]
    links = [_is_state(one) and _is_state(other) and is_joined(scene, one, other) for one, other in pairwise(places)]
    for at, place in enumerate(places):
        if place.kind == "compound" and len(place.countries) == _TWO:
            found.append((place.start, frozenset(place.countries)))
        elif links[at : at + 1] == [True] and not any((*links[max(0, at - 1) : at], *links[at + 1 : at + 2])):
            found.append((place.start, frozenset({*place.countries, *places[at + 1].countries})))
    return found


def partner_government(scene: Scene, states: set[str]) -> str | None:
    """ "Niamey et Ankara resserrent les liens": of two capitals that open a sentence and stand for their governments
    the one whose state is none of some others."""
    for one, other in pairwise(scene.places):
        opens = (
            one.is_capital and other.is_capital and one.start == scene.sentences[scene.sentence_number(one.start)].start
        )
        rest = {*one.countries, *other.countries} - states
        if opens and len(rest) == 1 and is_joined(scene, one, other):
            return next(iter(rest))
    return None


def partner_of(scene: Scene, states: set[str], until: int) -> str | None:
    """The one state that is told in a pair with one of some others."""
    partners = {next(iter(pair - states)) for pair in paired_states(scene, until) if len(pair - states) == 1}
    return next(iter(partners)) if len(partners) == 1 else None


def is_third(scene: Scene, state: str | None, start: int) -> bool:
    """ "Le Bénin et la France … Le président ivoirien": whether a state is told nowhere before, and two others are."""
    is_new = scene.first_told.get(state or "", start) >= start
    return is_new and any(True for _ in paired_states(scene, start))


def is_of_another(scene: Scene, sentence: Span, state: str | None) -> bool:
    """ "X a quitté Cotonou pour Paris. Le président ivoirien", "A Presidente viajará, informou o Planalto. O Presidente
    do Gana": whether a sentence tells who left another state, or names another's seat of power."""
    leaves = (c.end for c in scene.cues if sentence.start <= c.start < sentence.end and c.label == "leave")
    left = (next(iter(scene.places_between(end, sentence.end)), None) for end in leaves)
    seats = (p for p in scene.seats if sentence.start <= p.start < sentence.end)
    return any(p is not None and state not in p.countries for p in (*left, *seats))


def _is_state(place: Place) -> bool:
    return place.kind == "country" and len(place.countries) == 1
