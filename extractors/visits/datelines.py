"""Where was an article written? Before the first dash of its body, or on the first line of an official paper."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.visits.phrases import Pattern
from extractors.visits.places import Place
from extractors.visits.world import load_world

_WITHIN, _BEHIND = 30, 60
"""So far from the body's start a dateline's place stands, and so far behind it the mark that ends the dateline."""
_DATELINE = re.compile(r"^(?:\.\s|[^\n]{0,60}?(?:\s[-–—]|[-–—]\s|\(|:|,|،|/|\n))")
CLEAR_DATELINE = re.compile(r"^(?:(?:, \d{1,2}[^\n.,]{0,25})?\.\s|[^\n]{0,60}?(?:\s[-–—]|[-–—]\s|\(|/|\n))")
"""Behind a state that is called as its capital."""
_LETTERHEAD = re.compile(r"[A-ZÀ-Þ' ]{0,30}")
"""Before the state on the first line of an official paper: "REPÚBLICA DA "."""
_SIGNED = re.compile(
    r"^(?:,? \d{1,2}[^\n.()]{0,20})? ?\([A-Z][^\n()]{1,20}\)\.?\s*[-–—.]"
    r"|^ (?:- |في )?\d{1,2}[^\n.()/]{0,20} ?(?:\([\u0600-\u06ff]{2,12}\) ?[-–—]|/[\u0600-\u06ff ]{2,20}/)"
)
"""Behind a state whose capital bears its name in the paper's language: "Guatemala, 12 mar (AGZ).-",
"الكويت - 7 - 2 (كونتا) -"."""


def find_dateline(
    text: str, folded: str, start: int, places: Sequence[Place], city: str | None, ground: Pattern
) -> Place | None:
    """The place of the dateline of a text whose body begins at `start`; `city` is the one that the page tells, and
    `ground` what stands before a town's name ("la ville de")."""
    for place in places:
        if place.start < start:
            continue
        if place.start > start + _WITHIN:
            break
        if place.kind == "city" and city and city.lower() in text[place.start - 2 : place.end + 2].lower():
            return place
        told = ground.search(folded, start, place.start)
        head = text[start : told.start() if told else place.start]
        end = _behind_state(text, places, place)
        if _is_dateline(place, head, text[end : end + _BEHIND]):
            return place
    return None


def _is_dateline(place: Place, head: str, behind: str) -> bool:
    if place.kind == "country" and place.text.isupper() and _LETTERHEAD.fullmatch(head) and behind[:1] == "\n":
        return True
    if head.strip(" *("):
        return False
    if (place.kind == "city" and _DATELINE.match(behind)) or (place.is_capital and CLEAR_DATELINE.match(behind)):
        return True
    is_signed = _SIGNED.match(behind) or (_is_town_too(place) and CLEAR_DATELINE.match(behind))
    return place.kind == "country" and bool(is_signed)


def _behind_state(text: str, places: Sequence[Place], town: Place) -> int:
    """ "Ginebra, Suiza. 29 de mayo": where a town ends, with its state if it is told behind a comma."""
    at = town.end + 2 if text.startswith(", ", town.end) else -1
    own = (p for p in places if p.start == at and p.kind == "country" and p.countries == town.countries)
    return next((state.end for state in own), town.end)


def _is_town_too(place: Place) -> bool:
    """A state that shares its name with its first town: Djibouti, Singapore."""
    return len(place.countries) == 1 and load_world().city(place.text) == place.countries[0]
