"""The article as the core reads it: headline and body in one text, with its words, places, sentences and offices."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from extractors.text import Span, fold, sentences
from extractors.visits.document import Document
from extractors.visits.lexicon import Lexicon
from extractors.visits.places import Place, find_places

_PART = "\n\n"
_DATELINE = re.compile(r"^[^\n]{0,60}?(?:\s[-–—]|[-–—]\s|\(|:|,|/)")


@dataclass(frozen=True)
class Scene:
    """Headline and body in one text: offsets below `shift` lie in the headline, `offset - shift` is one of the body."""

    document: Document
    lexicon: Lexicon

    @cached_property
    def shift(self) -> int:
        return len(self.document.headline) + len(_PART) if self.document.headline else 0

    @cached_property
    def text(self) -> str:
        return f"{self.document.headline}{_PART}{self.document.text}" if self.shift else self.document.text

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def word_starts(self) -> list[int]:
        return self.lexicon.word_starts(self.folded)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """All sentences in order; the headline's come first."""
        return sentences(self.text)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [span.start for span in self.sentences]

    def sentence_number(self, offset: int) -> int:
        """The place of the sentence that holds an offset in `sentences`."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Places in reading order, seats of power among them; what may be two states is the one that is named elsewhere."""
        found = find_places(self.text, self.lexicon.language, self.folded)
        sure = {c for p in found for c in p.countries if len(p.countries) == 1 or p.kind == "compound"}
        plain = [_resolved(place, sure) for place in found]
        taken = {place.start for place in plain}
        seats = [s for s in self._seats() if s.start not in taken]
        return tuple(sorted(plain + seats, key=lambda place: place.start)) if seats else tuple(plain)

    def _seats(self) -> list[Place]:
        """ "l'Élysée", "la Maison-Blanche": a seat of power says in which state one is received."""
        hits = self.lexicon.seats.scan(self.folded, self.word_starts)
        return [Place(h.start, h.end, self.text[h.start : h.end], "country", (h.label,)) for h in hits]

    @cached_property
    def place_at(self) -> Mapping[int, Place]:
        """Places by where they begin."""
        return {place.start: place for place in self.places}

    @cached_property
    def place_ending(self) -> Mapping[int, Place]:
        """Places by where they end."""
        return {place.end: place for place in self.places}

    def in_headline(self, offset: int) -> bool:
        return offset < self.shift


def _resolved(place: Place, sure: set[str]) -> Place:
    if not place.is_ambiguous or len(place.countries) < 2:
        return place
    named = [c for c in place.countries if c in sure]
    return replace(place, countries=(named[0],), is_ambiguous=False) if len(named) == 1 else place


def country_of(place: Place | None) -> str | None:
    """The state of a place, where it is one."""
    return place.countries[0] if place and len(place.countries) == 1 else None


def dateline_place(scene: Scene) -> Place | None:
    """The place where the article says it was written: before the first dash of the body."""
    city = scene.document.article.dateline_city
    for place in scene.places:
        if place.start < scene.shift:
            continue
        if place.start > scene.shift + 30:
            break
        if place.kind == "city" and city and city.lower() in scene.text[place.start - 2 : place.end + 2].lower():
            return place
        head = scene.text[scene.shift : place.start]
        if place.kind == "city" and not head.strip(" *(") and _DATELINE.match(scene.text[place.end : place.end + 60]):
            return place
    return None
