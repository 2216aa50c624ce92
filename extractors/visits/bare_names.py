"""Where does a person's name begin and end in a script without capitals?

Nothing marks a name there but the words around it: it begins behind a title or an honorific and goes on until a word
that no name holds (a verb, a particle, a day, a place, an office), each also behind a glued prefix.
"""

from __future__ import annotations

import re
from functools import cache

from extractors.text import Span, fold, printed_end
from extractors.visits.language_files import language_table
from extractors.visits.scene import Scene

_TOKEN = re.compile(r"[\w’'\u064b-\u0652-]+")
_GAP = re.compile(r"[ ]{0,4}")
_BREAK = re.compile(r"[ ]{0,2}(,?)[ ]{1,2}$")
_LONGEST, _MOST, _FEWEST = 10, 5, 2
_WINDOW = 90
_WORD = 20


def name_from(scene: Scene, at: int) -> Span | None:
    """The name that begins at a place of the text, behind its honorifics; None where none does."""
    polite = scene.lexicon.honorific.match(scene.folded, at)
    at = polite.end() if polite else at
    if scene.lexicon.glued_article.match(scene.folded, at):
        return None
    end = here = at
    words, before = 0, ""
    for _ in range(_LONGEST):
        token = _TOKEN.match(scene.folded, here)
        if not token or words >= _MOST or _ends(scene, token, before, words):
            break
        before, end = token[0], token.end()
        words += before not in scene.lexicon.particles
        gap = _GAP.match(scene.folded, end)
        here = gap.end() if gap else end
        if here == end:
            break
    if not words or (before in scene.lexicon.particles and words < _FEWEST) or end - at < 3:
        return None
    return Span(at, printed_end(scene.text, scene.folded, end))


def name_before(scene: Scene, title: int) -> Span | None:
    """The name that stands before its title: "the honourable X, minister of …"."""
    window = max(0, title - _WINDOW)
    comma = _BREAK.search(scene.folded, window, title)
    if not comma or "\n" in scene.text[comma.start() : title]:
        return None
    openings = _openings(scene, window, comma.start(), is_apart=bool(comma[1]))
    behind = [p.end + 1 for p in scene.places_between(window, comma.start()) if p.kind != "demonym"] if comma[1] else []
    for start in (*openings, *_first_names(scene, window, comma.start()), *behind):
        name = name_from(scene, start)
        if name and name.end == comma.start() and " " in scene.text[name.start : name.end].strip():
            return name
    return None


def _openings(scene: Scene, start: int, end: int, *, is_apart: bool) -> list[int]:
    """Where a name may begin: behind an honorific; before a comma also right behind a verb of meeting or travelling."""
    found = scene.lexicon.honorific.finditer(scene.folded, start, end)
    polite = [m.end() for m in found if not _is_inside(scene.folded, m.start())]
    verbs = (_behind_adverbs(scene, c.end) for c in scene.cues if start <= c.start and c.end < end)
    return sorted(polite) or ([at for at in verbs if not _is_behind_thing(scene, at)] if is_apart else [])


def _first_names(scene: Scene, start: int, end: int) -> list[int]:
    """ "at Tunis with Salem X": given names that no other given name or honorific stands before."""
    known, tokens = _known_names(scene.lexicon.language), list(_TOKEN.finditer(scene.folded, start, end))
    names = [token[0] in known for token in tokens]
    opens = (is_name and not before for before, is_name in zip((False, *names), names, strict=False))
    return [t.start() for t, is_first in zip(tokens, opens, strict=True) if is_first]


@cache
def _known_names(language: str) -> frozenset[str]:
    return frozenset(map(fold, language_table(language, "words").get("first_names", ())))


def _is_behind_thing(scene: Scene, at: int) -> bool:
    """ "at-airport X": what stands right before bears the name."""
    word = scene.folded[max(0, at - _WORD) : at].split()[-1:]
    lexicon = scene.lexicon
    return any(w[n:] in lexicon.things for w in word for n in (0, *lexicon.prefix_lengths(w, 0, len(w))))


def _behind_adverbs(scene: Scene, at: int) -> int:
    """ "received today X": where the first word stands behind a verb that may belong to a name."""
    token = _TOKEN.match(scene.folded, at + (scene.folded[at - 1] != " "))  # a cue may end with its space
    while token and token[0] in scene.lexicon.stops and scene.folded.startswith(" ", token.end()):
        at = token.end()
        token = _TOKEN.match(scene.folded, at + 1)
    return at + 1


def _is_inside(folded: str, at: int) -> bool:
    """Whether a word goes on here for more letters than a glued prefix has."""
    return at > 1 and folded[at - 1].isalnum() and folded[at - 2].isalnum()


def _ends(scene: Scene, token: re.Match[str], before: str, words: int) -> bool:
    """Whether a word is none of a name's."""
    lexicon, word, start = scene.lexicon, token[0], token.start()
    if word in lexicon.given_names or (not words and lexicon.lineage.match(scene.folded, token.end())):
        return False
    if word[0].isdigit() or word in lexicon.stops:
        return True
    if scene.text[start : token.end()] in lexicon.exact_stops:
        return not (words and scene.is_undotted)
    if before in lexicon.particles and words:
        return False
    if lexicon.name_stop.match(scene.folded, start):  # "Yahdih ould X" sounds like a verb and is none
        return not lexicon.lineage.match(scene.folded, token.end())
    glued = lexicon.prefix_lengths(scene.folded, start, token.end())
    if any(word[n:] in lexicon.stops for n in glued):
        return True
    if _is_place(scene, start, token.end(), glued, words):
        return True
    if any(start + n in scene.cue_starts for n in (0, *glued)):
        return True
    return any(lexicon.offices.at(scene.folded, start + n) is not None for n in (0, *glued))


def _is_place(scene: Scene, start: int, end: int, glued: list[int], words: int) -> bool:
    """A place ends a name, but a people's name behind a given name is a surname ("al-Masri")."""
    for length in (0, *glued):
        place = scene.place_at.get(start + length)
        if place and place.end >= end:
            return not (place.kind == "demonym" and words and length == 0)
    return False
