"""Can a title take up somebody, by the gender that its form, its article or an honorific shows?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractors.visits.actors import Actor
from extractors.visits.language_files import language_table
from extractors.visits.mentions import Mention
from extractors.visits.phrases import any_source
from extractors.visits.scene import Scene

_ARTICLE = 8


def agree(scene: Scene, known: Sequence[Mention], mention: Mention) -> bool:
    """Whether titles agree in gender, where their form or what stands beside them tells it."""
    if _is_of_woman(scene, mention) and any(_is_of_man(scene, m) for m in known):
        return False
    feminine = scene.lexicon.feminine
    titles = [m.title for m in (*known, mention) if m.title]
    gendered = [t for t in titles if not scene.lexicon.ungendered.match(scene.folded, t.start, t.end)]
    told = {feminine.match(scene.folded, t.start, t.end) is not None for t in gendered} if feminine else set()
    return len(told) <= 1


def known_women(scene: Scene, actors: Sequence[Actor], mention: Mention) -> list[Actor]:
    """Of those whom "la ministre" can take up the ones who were told of as women, or all where nobody was."""
    if not _is_of_woman(scene, mention):
        return list(actors)
    return [a for a in actors if any(_is_of_woman(scene, m) for m in a.mentions)] or list(actors)


def _is_of_woman(scene: Scene, mention: Mention) -> bool:
    """ "la ministre": of a title of one form the article tells; "le ministre" may be a woman too."""
    articles = language_table(scene.lexicon.language, "words").get("women_before", ())
    before = scene.folded[max(0, mention.start - _ARTICLE) : mention.start].split()[-1:]
    return mention.title is not None and bool(before) and before[0] in articles


def _is_of_man(scene: Scene, mention: Mention) -> bool:
    """ "M. X"."""
    men = _men(scene.lexicon.language)
    return mention.name is not None and men.search(scene.folded, mention.start, mention.end) is not None


@cache
def _men(language: str) -> re.Pattern[str]:
    """What stands before the names of men only."""
    return re.compile(rf"(?<!\w)(?:{any_source(language_table(language, 'words').get('men', ()))}) ")
