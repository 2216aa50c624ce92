"""What stands around a verb that comes first: marks of the past, honorifics, a clause that says who pays the visit."""

from __future__ import annotations

import re
from functools import cache

from extractors.visits.claims import Sentence
from extractors.visits.language_files import language_table
from extractors.visits.lexicon import Hit
from extractors.visits.phrases import listed
from extractors.visits.places import Place
from extractors.visits.scene import Scene

_RELATIVE = 24


def is_paid_behind(scene: Scene, cue: Hit) -> bool:
    """ "the-visit that pays-it the-president": whether its relative clause names who pays it."""
    return _paid(scene.lexicon.language).match(scene.folded, cue.end, cue.end + _RELATIVE) is not None


@cache
def _paid(language: str) -> re.Pattern[str]:
    """Behind a noun of visiting, with an adjective at most: "that he pays", "that he makes"."""
    return re.compile(rf"(?: \w+)? (?:{listed(language, 'paid_by')})(?!\w)")


def without_mark(language: str, between: str) -> str:
    """What stands before a verb, without the word that only marks it as past: "was the-premier already arrived"."""
    marks = language_table(language, "words").get("past_marks", ())
    return " " if between.strip() in marks else between


@cache
def there_was(language: str) -> re.Pattern[str]:
    """What stands before the owner of a meeting that was held: "was to-"."""
    return re.compile(rf"(?<!\w)(?:{listed(language, 'there_was')})$")


def outside_titles(sentence: Sentence) -> tuple[Place, ...]:
    """The places that are no part of a title: the preposition of a title's state is also that of a goal."""
    return tuple(p for p in sentence.places if not any(m.start <= p.start < m.end for m in sentence.people))


def honorific_length(scene: Scene, at: int) -> int:
    """The length of the honorifics behind a place."""
    gap = 1 if scene.folded[at : at + 1] == " " else 0
    found = scene.lexicon.honorific.match(scene.folded, at + gap)
    return found.end() - at if found else 0
