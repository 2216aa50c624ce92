"""Who holds the same office in other states: "the presidents of Cuba, X, of Bolivia, Y, and of Peru, Z"?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.visits.mentions import Mention
from extractors.visits.person_names import name_behind
from extractors.visits.places import Place
from extractors.visits.scene import Scene
from extractors.visits.titles import case_of

_REACH = 24
"""How many characters may stand between a name and the next state of the list."""


def part_list(scene: Scene, mention: Mention) -> Iterator[Mention]:
    """A plural title with a state and a name is one official's; further states with a name behind them are its peers'."""
    if not mention.is_plural or not mention.name or len(mention.countries) != 1:
        yield mention
        return
    yield replace(mention, is_plural=False)
    end, case = mention.end, case_of(scene, mention.start, mention.end)
    while (place := _next_state(scene, end)) is not None:
        name, after = name_behind(scene, place.end)
        if not name:
            return
        yield replace(
            mention, start=place.start, end=after, title=None, name=name, countries=place.countries, case=case,
            is_plural=False,
        )  # fmt: skip
        end = after


def _next_state(scene: Scene, end: int) -> Place | None:
    """The state that goes on with the list right behind a name."""
    for start in range(end + 1, end + _REACH):
        place = scene.place_at.get(start)
        if place is not None:
            is_next = scene.lexicon.list_step.fullmatch(scene.folded, end, start) is not None
            return place if is_next and place.kind == "country" and len(place.countries) == 1 else None
    return None
