"""Is the subject of a clause a thing: "dont le siège est à Abuja", "Le centre se trouve à Kigali"?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.visits.calendar_words import load_calendar
from extractors.visits.language_files import language_table
from extractors.visits.mentions import Mention
from extractors.visits.scene import Scene

_APART = re.compile(r"[,;:(–—]")
_WORD = re.compile(r"\w+")


def is_of_a_thing(scene: Scene, people: Sequence[Mention], start: int, verb: int) -> bool:
    """Whether the clause before a verb, or what its relative takes up, begins with a determiner and names nobody."""
    told = language_table(scene.lexicon.language, "words").get("determiners")
    if not told:
        return False
    begin = max((m.end() for m in _APART.finditer(scene.folded, start, verb)), default=start)
    words = _WORD.findall(scene.folded, begin, verb)
    if len(words) == 1 and words[0] in scene.lexicon.relatives and begin > start:
        is_there = scene.lexicon.where.search(f" {words[0]}")  # "à Abuja, où il sera reçu"
        return not is_there and _is_behind_a_thing(scene, people, start, begin, told["the"])
    is_owned = words[:1] != [] and words[0] in told["whose"]
    noun = words[1:] if is_owned else words
    opens = len(noun) > 1 and noun[0] in told["the"]
    is_told = opens or (is_owned and noun != [])
    return is_told and not (
        any(_is_none(scene.lexicon.language, word, told["but"]) for word in noun[1:])
        or any(begin <= m.start < verb for m in people)
        or scene.lexicon.pronoun.search(scene.folded, begin, verb)
    )


def _is_behind_a_thing(
    scene: Scene, people: Sequence[Mention], start: int, end: int, determiners: Sequence[str]
) -> bool:
    """ "a salué l'entreprise, qui est à Lagos": behind the last determiner before a comma nobody stands."""
    nouns = [m.start() for m in _WORD.finditer(scene.folded, start, end) if m[0] in determiners]
    return bool(nouns) and not any(nouns[-1] <= m.start < end or m.start <= nouns[-1] < m.end for m in people)


def _is_none(language: str, word: str, but: Sequence[str]) -> bool:
    """ "La veille, le 10", "le cortège": a time, or what somebody is aboard of."""
    calendar = load_calendar(language)
    return word in but or word[0].isdigit() or (calendar is not None and word in calendar.weekdays)
