"""Is the subject of a clause a thing: "dont le siège est à Abuja", "Le centre se trouve à Kigali"?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from extractors.visits.calendar_words import load_calendar
from extractors.visits.claims import Sentence
from extractors.visits.language_files import language_table
from extractors.visits.lexicon import Hit
from extractors.visits.scene import Scene

_APART = re.compile(r"[,;:(–—]")
_CLAUSE = 200
"""No clause is longer whose subject still tells what its verb is about."""
_WORD = re.compile(r"\w+")


class _Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def is_of_others(scene: Scene, sentence: Sentence, opening: int, verb: Hit) -> bool:
    """Whether a verb tells of students, ships or goods, or of a thing: nobody is carried on to it."""
    start, end = sentence.span.start, verb.start
    if scene.lexicon.verb_first:  # "وصل طلاب إلى طوكيو"
        end = next((p.start for p in sentence.places if p.start >= verb.end), verb.end)
    is_strange = scene.lexicon.strangers.search(scene.folded, start, end) is not None
    return is_strange or is_of_a_thing(scene, sentence.officials, opening, verb.start)


def is_of_a_thing(scene: Scene, officials: Iterable[_Placed], start: int, verb: int) -> bool:
    """Whether the clause before a verb, or what its relative takes up, opens with a determiner and has no official."""
    told = language_table(scene.lexicon.language, "words").get("determiners")
    if not told:
        return False
    start = max(start, verb - _CLAUSE)
    begin = max((m.end() for m in _APART.finditer(scene.folded, start, verb)), default=start)
    words = list(_WORD.finditer(scene.folded, begin, verb))
    opening = words[0][0] if words else ""
    if len(words) == 1 and opening in scene.lexicon.relatives and begin > start:
        is_there = scene.lexicon.where.search(f" {opening}")  # "à Abuja, où il sera reçu"
        return not is_there and _is_behind_a_thing(scene, officials, start, begin, told["the"])
    is_owned = opening in told["whose"]
    noun = words[1:] if is_owned else words
    opens = len(noun) > 1 and (noun[0][0] in told["the"] or noun[0][0].isdigit())
    return (opens or (is_owned and noun != [])) and not (
        any(_is_time_or_person(scene.lexicon.language, word[0], told["but"]) for word in noun[1:])
        or any(begin <= o.start < verb for o in officials)
        # behind the first word: "él" is folded as "el" is
        or scene.lexicon.pronoun.search(scene.folded, noun[0].end(), verb)
    )


def _is_behind_a_thing(scene: Scene, officials: Iterable[_Placed], start: int, end: int, the: Sequence[str]) -> bool:
    """ "a salué l'entreprise, qui est à Lagos": behind the last determiner before a comma nobody stands."""
    nouns = [m.start() for m in _WORD.finditer(scene.folded, start, end) if m[0] in the]
    return bool(nouns) and not any(nouns[-1] <= o.start < end or o.start <= nouns[-1] < o.end for o in officials)


def _is_time_or_person(language: str, word: str, but: Sequence[str]) -> bool:
    """ "La veille", "le 10 mars", "le dirigeant": a time, or a person called by no office."""
    calendar = load_calendar(language)
    return word in but or (calendar is not None and (word in calendar.weekdays or word in calendar.months))
