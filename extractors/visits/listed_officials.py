"""Who holds the same office in other states: "the presidents of Cuba, X, and of Peru, Y"?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.visits.mentions import Mention
from extractors.visits.person_names import name_behind
from extractors.visits.places import Place
from extractors.visits.scene import Scene
from extractors.visits.titles import case_of

_TWO = 2
_LINK = re.compile(r" [^\W\d]{1,3} ")
_REACH = 24
"""How many characters may stand between a name and the next state of the list."""


def part_list(scene: Scene, mention: Mention) -> Iterator[Mention]:
    """A plural title with a state and a name is one official's; further states with a name behind are its peers'."""
    if not mention.is_plural or not mention.name or len(mention.countries) != 1:
        yield mention
        return
    yield replace(mention, is_plural=False)
    end, case = mention.end, case_of(scene, mention.start, mention.end)
    while (peer := _next_of_state(scene, end)) is not None:
        called, begin, end, states = peer
        told = replace(mention, start=begin, end=end, title=None, name=called, countries=states)
        yield replace(told, case=case, is_plural=False)
    while (place := _next_state(scene, end)) is not None:
        name, after = name_behind(scene, place.end)
        if not name:
            return
        yield replace(
            mention, start=place.start, end=after, title=None, name=name, countries=place.countries, case=case,
            is_plural=False,
        )  # fmt: skip
        end = after


def part_pair(scene: Scene, mention: Mention) -> Iterator[Mention]:
    """ "les Présidents A et B": each of one of the two states of the sentence, in the same order."""
    is_pair = mention.is_plural and mention.name and not mention.countries
    link = _LINK.match(scene.folded, mention.end) if is_pair else None
    name, after = name_behind(scene, link.end()) if link else (None, 0)
    is_pair = is_pair and " " in (name or "")
    if not is_pair or not link or link[0].strip() not in scene.lexicon.loose_links:
        yield mention
        return
    first, second = _states_of_sentence(scene, mention.start)
    yield replace(mention, is_plural=False, countries=first)
    case = case_of(scene, mention.start, mention.end)
    yield replace(
        mention, start=link.end(), end=after, title=None, name=name, is_plural=False, countries=second, case=case
    )


def _states_of_sentence(scene: Scene, at: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    span = scene.sentences[scene.sentence_number(at)]
    states = [p.countries for p in scene.places if span.start <= p.start < span.end and p.kind == "country"]
    told = [state for state in dict.fromkeys(states) if len(state) == 1]
    return (told[0], told[1]) if len(told) == _TWO else ((), ())


def _next_of_state(scene: Scene, end: int) -> tuple[str, int, int, tuple[str, ...]] | None:
    """ "Presidents X of Malawi and Y of Zambia": the next name, its start, its end, its state."""
    step = scene.lexicon.list_step.match(scene.folded, end)
    name, after = name_behind(scene, step.end()) if step else (None, end)
    link = scene.lexicon.citizens.match(scene.folded, after) if name else None
    place = scene.place_at.get(link.end()) if link else None
    if step is None or name is None or place is None or place.kind != "country":
        return None
    return name, step.end(), place.end, place.countries


def _next_state(scene: Scene, end: int) -> Place | None:
    """The state that goes on with the list right behind a name."""
    for start in range(end + 1, end + _REACH):
        place = scene.place_at.get(start)
        if place is not None:
            is_next = scene.lexicon.list_step.fullmatch(scene.folded, end, start) is not None
            is_state = place.kind in ("country", "demonym") and len(place.countries) == 1
            return place if is_next and is_state else None
    return None
