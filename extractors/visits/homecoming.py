"""On which day does the visitor go home, wherever the article tells it: "Il regagnera Jakarta vendredi"?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from extractors.registry import packaged, read_toml
from extractors.text import Span
from extractors.visits.calendar_words import fold_pattern
from extractors.visits.date_mentions import DateMention, is_dateline
from extractors.visits.datesites import places_of
from extractors.visits.document import Document

_FORMS = ("day", "weekday", "relative")
_WAY, _NEAR = 50, 40
"""Between the words of going home and the place; between either and the day."""
_PARTED = re.compile(r"[;:!?\n]")


@dataclass(frozen=True, slots=True, eq=False)
class _HomeWords:
    toward: re.Pattern[str]
    """Right before a place: one goes back there."""
    home: re.Pattern[str]
    """The same without a place: "au pays", "due back"."""


@cache
def _home_words(language: str) -> _HomeWords:
    told = read_toml(packaged("languages", "world", f"{language}.toml"))["dates"]
    toward, home = (fold_pattern(told[key]) for key in ("toward_home", "home_words"))
    return _HomeWords(re.compile(rf"(?<!\w)(?:{toward})[ ']?$"), re.compile(rf"(?<!\w)(?:{home})(?!\w)"))


def homecomings(document: Document, mentions: Iterable[DateMention], visitor: str) -> Iterator[DateMention]:
    """Of an article's days those on which its text says that one goes back to a state (ISO 3166-1 alpha-3)."""
    days = [m for m in mentions if m.form in _FORMS and m.precision == "day" and not is_dateline(document.folded, m)]
    for sentence in dict.fromkeys(document.sentence_at(day.start) for day in days):
        told = [day for day in days if sentence.start <= day.start < sentence.end]
        for way in _ways_home(document, sentence, visitor):
            near = (day for day in told if _is_on(document, day, way))
            nearest = min(near, key=lambda day: _distance(day, way), default=None)
            if nearest is not None:
                yield nearest


def _ways_home(document: Document, sentence: Span, visitor: str) -> Iterator[Span]:
    """Where a sentence tells a way home, from its words to the place."""
    words, folded = _home_words(document.language or ""), document.folded
    yield from (Span(m.start(), m.end()) for m in words.home.finditer(folded, sentence.start, sentence.end))
    for place in places_of(document, sentence):
        start = place.start + sentence.start
        if place.kind in ("city", "country") and visitor in place.countries:
            first = max(sentence.start, start - _WAY)
            told = words.toward.search(folded[first:start])
            if told:
                yield Span(first + told.start(), place.end + sentence.start)


def _distance(day: DateMention, way: Span) -> int:
    return max(way.start - day.end, day.start - way.end, 0)


def _is_on(document: Document, mention: DateMention, way: Span) -> bool:
    """Whether a day stands within a way home, or close to it with no other place between."""
    if way.start <= mention.start < way.end:
        return True
    between = Span(way.end, mention.start) if mention.start >= way.end else Span(mention.end, way.start)
    if not 0 <= between.end - between.start <= _NEAR or _PARTED.search(document.folded, *between):
        return False
    sentence = document.sentence_at(mention.start)
    sites = (p for p in places_of(document, sentence) if p.kind in ("city", "country"))
    return not any(between.start <= p.start + sentence.start < between.end for p in sites)
