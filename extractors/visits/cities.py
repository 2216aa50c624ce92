"""In which towns of the host state does the visitor stay, as printed?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.text import Span
from extractors.visits.events import Trip
from extractors.visits.places import Place
from extractors.visits.scene import Scene, country_of
from extractors.visits.whereabouts import case_of_place
from extractors.visits.world import load_world

_ABOUT = frozenset({"in", "to"})


def cities_of(scene: Scene, trip: Trip, about: Sequence[Span]) -> tuple[str, ...]:
    """Towns of the host state where the trip's constructions or the sentences about it place somebody, each once."""
    found = [p for c in trip.claims for p in c.places] + list(_places_about(scene, about))
    towns = [
        p for p in sorted(found, key=lambda p: p.start) if _is_town(scene, p) and country_of(p) == trip.host_country
    ]
    names: dict[str, str] = {}
    for town in towns:
        names.setdefault(scene.folded[town.start : town.end], town.text)
    return tuple(names.values())


def _places_about(scene: Scene, about: Sequence[Span]) -> Iterator[Place]:
    """Towns that stand as sites in sentences in which something of a visit is told."""
    numbers = {scene.sentence_number(span.start + scene.shift) for span in about}
    numbers &= {scene.sentence_number(cue.start) for cue in scene.cues}
    for place in scene.places:
        is_near = place.kind != "demonym" and scene.sentence_number(place.start) in numbers
        if is_near and case_of_place(scene, place) in _ABOUT:
            yield place


def _is_town(scene: Scene, place: Place) -> bool:
    """A city, or a state that shares its name with one where the preposition is a town's ("à Djibouti")."""
    if place.kind == "city":
        return True
    if place.kind != "country" or load_world().city(place.text) != country_of(place):
        return False
    return scene.lexicon.town_case.search(scene.folded, max(0, place.start - 12), place.start) is not None
