"""Who is the "I" of a statement: the official in whose name it is given out?"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from extractors.visits.actors import Actor, Cast
from extractors.visits.language_files import language_table
from extractors.visits.mentions import Mention
from extractors.visits.phrases import Pattern, any_source, folded_source
from extractors.visits.scene import Scene
from extractors.visits.word_patterns import word_pattern

_HEAD = 500
"""So far from its beginning a statement says whose it is."""
_REACH = 24
_LINE = 130
_REST = 14
"""So much more than the name and its title may stand on the lines of a signature: "MP", a comma."""
_APART = re.compile(r"[^\n]{0,8}\n\s*(?:the )?", re.IGNORECASE)


def signed(scene: Scene, name: Mention, title: Mention) -> Mention | None:
    """One official of a name on a line of its own and the office on the line below; None where they are not."""
    is_pair = name.name and not name.office and title.office and not (title.name or title.is_plural)
    if not is_pair or not _APART.fullmatch(scene.text, name.end, title.start):
        return None
    fills = _fills_line(scene, name.start, name.end) and _fills_line(scene, title.start, title.end)
    return replace(title, start=name.start, name=name.name) if fills else None


def author_of(scene: Scene, cast: Cast) -> Actor | None:
    """The official whose name and office stand apart at the head of a text that says "I"."""
    said = first_person(scene.lexicon.language)
    if said is None or said.search(scene.folded) is None:
        return None
    for mention in cast.mentions:
        if mention.start > scene.shift + _HEAD:
            return None
        actor = cast.actor(mention)
        is_apart = scene.shift <= mention.start and _fills_line(scene, mention.start, mention.end)
        if actor and actor.named and actor.office and mention.name and mention.office and is_apart:
            return None if actor.is_barred else actor
    return None


@cache
def first_person(language: str) -> Pattern | None:
    """The pronoun by which somebody tells of himself; None where the language's verbs need none."""
    told = language_table(language, "words").get("first_person")
    pattern = rf"(?<![\w'])(?:{any_source(told or ())})(?![\w'])"
    return word_pattern(pattern, map(folded_source, told), language=language) if told else None


def is_said_of_oneself(scene: Scene, start: int, at: int) -> bool:
    """Whether the pronoun stands right before the verb at a place, in the sentence that starts at another."""
    said = first_person(scene.lexicon.language)
    return said is not None and said.search(scene.folded, max(start, at - _REACH), at) is not None


def _fills_line(scene: Scene, start: int, end: int) -> bool:
    """Whether hardly anything but this stands on its lines, and no sentence ends there."""
    first = scene.text.rfind("\n", 0, start) + 1
    last = scene.text.find("\n", end) % (len(scene.text) + 1)
    rest = (start - first) + (last - end)
    return rest <= _REST and last - first <= 2 * _LINE and not scene.text[end:last].rstrip().endswith(".")
