"""With which words may a date begin?"""

from __future__ import annotations

from collections.abc import Container
from functools import cache

from extractors.remembered import Remembered
from extractors.visits.calendar_words import load_calendar
from extractors.visits.gazetteer import MARKS

_ARABIC_PARTICLES = "وفبلك"


@cache
def anchors_of(language: str) -> Remembered[tuple[int, str] | None]:
    """Of each word whether a date may begin with it, and how many joined particles stand before."""
    calendar = load_calendar(language)
    anchors = calendar.anchors if calendar else frozenset()

    def anchor(printed: str) -> tuple[int, str] | None:
        skip, word = _without_particles(printed, anchors) if language == "ar" else (0, printed)
        return (skip, word) if word in anchors or word[0].isdigit() else None

    return Remembered(anchor)


def _without_particles(word: str, anchors: Container[str]) -> tuple[int, str]:
    """How many letters of an Arabic word are joined particles before a date word, and the word without them."""
    plain = MARKS.sub("", word)
    if plain in anchors:
        return 0, plain
    for skip in (1, 2):
        if len(word) > skip + 1 and word[skip - 1] in _ARABIC_PARTICLES and plain[skip:] in anchors:
            return skip, plain[skip:]
    return 0, plain
