"""Which two states does an article tell as one: "entre le Sénégal et la Türkiye", "la commission ivoiro-marocaine"?"""

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
    places = [p for p in scene.places_between(0, until) if p.kind == "compound" or _is_state(p)]
    behind = False
    for first, second in pairwise([*places, None]):
        if first is None:
            break
        ahead = second is not None and _is_state(first) and _is_state(second) and is_joined(scene, first, second)
        if first.kind == "compound" and len(first.countries) == _TWO:
            yield frozenset(first.countries)
        elif ahead and not behind and second is not None and not _goes_on(scene, places, second):
            yield frozenset({*first.countries, *second.countries})
        behind = ahead


def partner_of(scene: Scene, states: set[str], until: int) -> str | None:
    """The one state that is told in a pair with one of some others."""
    partners = {next(iter(pair - states)) for pair in paired_states(scene, until) if len(pair - states) == 1}
    return next(iter(partners)) if len(partners) == 1 else None


def is_third(scene: Scene, state: str | None, start: int) -> bool:
    """ "Le Bénin et la France … Le président ivoirien": whether a state is told nowhere before, and two others are."""
    is_told = any(state in p.countries for p in scene.places_between(0, start))
    return not is_told and any(True for _ in paired_states(scene, start))


def is_of_another(scene: Scene, sentence: Span, state: str | None) -> bool:
    """ "X a quitté Cotonou pour Paris. Le président ivoirien", "A Presidente viajará, informou o Planalto. O Presidente
    do Gana": whether a sentence tells who left another state, or names another's seat of power."""
    leaves = (c.end for c in scene.cues if sentence.start <= c.start < sentence.end and c.label == "leave")
    left = (next(iter(scene.places_between(end, sentence.end)), None) for end in leaves)
    seats = (p for p in scene.seats if sentence.start <= p.start < sentence.end)
    return any(p is not None and state not in p.countries for p in (*left, *seats))


def _is_state(place: Place) -> bool:
    return place.kind == "country" and len(place.countries) == 1


def _goes_on(scene: Scene, places: list[Place], last: Place) -> bool:
    following = next((p for p in places if p.start > last.start), None)
    return following is not None and _is_state(following) and is_joined(scene, last, following)
