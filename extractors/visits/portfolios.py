"""Which words go on with a title behind its office: "de la Défense patriotique", "chargé des Eaux"?"""

from __future__ import annotations

import re
from functools import cache

from extractors.text import fold
from extractors.visits.language_files import language_table
from extractors.visits.lexicon import Hit, Lexicon
from extractors.visits.mentions import MINISTERS
from extractors.visits.scene import Scene

_UPPER = r"[^\W\d_a-zß-öø-ÿ\u0600-\u06ff]"
_TOKEN = re.compile(r"[\w’'-]+")
_ENDS_TITLE = re.compile(rf"[ ]?,[ ]|[ ](?:{_UPPER}|et[ ]|and[ ]|y[ ]|e[ ])")
_WORD = 20
_FIELDED = MINISTERS | {"outsider", "former", "military", "ambassador"}
"""Offices whose title goes on with a field."""


def belongs(scene: Scene, hit: Hit, word: re.Match[str], follows_link: bool) -> bool:
    """Whether a word behind an office, or behind a link to it, goes on with the title."""
    text = word[0]
    parts = [p for p in re.split(r"['’-]", text) if p]
    known = bool(parts) and all(map(scene.lexicon.is_portfolio, parts))
    if hit.label not in _FIELDED:
        if hit.label in ("head_of_state", "counterpart", "royal", "official", "legislator"):
            return text in scene.lexicon.state_words
        return known or text in scene.lexicon.state_words
    if known or _is_adjective(scene, word, follows_link) or _bears_article(scene, word):
        return True
    if text in house(scene.lexicon.language):
        return hit.label == "deputy_minister" or not scene.folded[hit.start : hit.end].isalpha()
    if (
        hit.label == "outsider"
        and scene.text[word.start()].isupper()
        and " " in scene.folded[hit.end + 1 : word.start()]
    ):
        return True
    goes_on = follows_link or hit.label == "military" or _is_behind_state_word(scene, word.start())
    if goes_on and text in scene.lexicon.state_words:
        return True
    return (
        follows_link
        and len(text) > 3
        and text not in scene.lexicon.stops
        and hit.label != "ambassador"
        and (scene.lexicon.offices.at(scene.folded, word.start()) is None and scene.lexicon.has_capitals)
    )


def _is_behind_state_word(scene: Scene, start: int) -> bool:
    """ "de la République sœur du Niger"."""
    before = scene.folded[max(0, start - _WORD) : start].split()
    return bool(before) and before[-1] in scene.lexicon.state_words


@cache
def seats(language: str) -> frozenset[str]:
    """ "le vice-ministre des Affaires étrangères au cabinet de X": where he is, behind a field that is told."""
    return frozenset(map(fold, language_table(language, "portfolio").get("seats", ())))


@cache
def house(language: str) -> frozenset[str]:
    """The ministry at which a minister of state serves; of a plain minister it is where he is met."""
    return frozenset(map(fold, language_table(language, "portfolio").get("house", ())))


def _bears_article(scene: Scene, word: re.Match[str]) -> bool:
    """Where the article is written with its noun, a word that bears it goes on with a title, and few names do."""
    lexicon, text = scene.lexicon, word[0]
    if not lexicon.definite or text in lexicon.given_names or text in lexicon.stops or word.start() in scene.cue_starts:
        return False
    place = scene.place_at.get(word.start())
    if place and place.kind in ("country", "city"):
        return False
    return has_article(lexicon, text) and scene.lexicon.offices.at(scene.folded, word.start()) is None


def has_article(lexicon: Lexicon, word: str) -> bool:
    """Whether a word begins with its article, also behind glued prefixes: "wal-…", not "Khalid"."""
    return bool(lexicon.definite) and word.startswith(tuple(p for p in lexicon.prefixes if lexicon.definite in p))


def _is_adjective(scene: Scene, word: re.Match[str], follows_link: bool) -> bool:
    """An unknown word that ends a portfolio: "Ressources naturelles, Orhan …"."""
    if (
        follows_link
        or not scene.lexicon.title_before_portfolio
        or not scene.lexicon.has_capitals
        or len(word[0]) < 5
        or word[0] in scene.lexicon.stops
        or word[0].split("'")[0] in scene.lexicon.relatives  # ", qu'accompagnait M. X"
    ):
        return False
    ends = _ENDS_TITLE.match(scene.text, word.end()) or _is_of_state(scene, word.end())
    if not scene.text[word.start()].islower() or word.start() in scene.cue_starts or not ends:
        return False
    return scene.lexicon.offices.at(scene.folded, word.start()) is None


def _is_of_state(scene: Scene, end: int) -> bool:
    """ "… de la Défense patriotique de la République du Niger": the state of which somebody is minister follows."""
    at = end
    while link := scene.lexicon.links.match(scene.folded, at + 1):
        at = link.end() + scene.folded.startswith(" ", link.end())
        place, word = scene.place_at.get(at), _TOKEN.match(scene.folded, at)
        if link[0].strip() in scene.lexicon.loose_links or (place and place.kind != "country") or not word:
            return False
        if place:
            return True
        if word[0] not in scene.lexicon.state_words:
            return False
        at = word.end()
    return False
