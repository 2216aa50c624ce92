"""Who is named with which office, and in which words?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from extractors.records import Office
from extractors.visits.lexicon import Lexicon, load_lexicon


@dataclass(frozen=True, slots=True)
class Mention:
    """An office as printed, with the name that stands beside it; offsets are characters of the text."""

    start: int
    end: int
    office: Office
    title_text: str
    name: str | None = None
    name_start: int | None = None


@dataclass(frozen=True, slots=True)
class _Grammar:
    tail: re.Pattern[str]
    name_after: re.Pattern[str]
    name_before: re.Pattern[str]


@cache
def _grammar(language: str) -> _Grammar:
    lexicon = load_lexicon(language)
    if lexicon is None:
        raise LookupError(f"people: no language file for {language!r}; add extractors/languages/{language}.toml")
    word = r"[^\W\d_a-zà-öø-ÿ][\w’'.-]{0,30}"
    name = rf"{word}(?:\s(?:(?:{lexicon.particle})\s)?{word}){{0,6}}"
    polite = rf"(?i:(?:{lexicon.honorific})\s){{0,3}}"
    adjective = r"(?:\s[a-zà-öø-ÿ-]{4,24}){0,2}"
    state = rf"(?:\s(?i:{lexicon.portfolio_link})\s?{word}(?:\s{word}){{0,2}}(?=,))?"
    field = rf"(?:\s(?:{lexicon.portfolio})(?!\w)){{1,5}}"
    glued = rf"(?:(?<=['’])(?:{lexicon.portfolio})(?!\w)(?:\s(?:{lexicon.portfolio})(?!\w)){{0,4}}|{field})"
    return _Grammar(
        tail=re.compile(rf"{adjective}?(?:(?:\s|(?=,))(?:{lexicon.portfolio_link}){glued}){{1,5}}", re.IGNORECASE),
        name_after=re.compile(rf"{adjective}{state},?\s{polite}(?P<name>{name})"),
        name_before=re.compile(rf"(?P<name>{name}),\s(?:(?:le|la|l['’]|the|o|a|el)\s?)?$"),
    )


def find_mentions(text: str, lexicon: Lexicon) -> tuple[Mention, ...]:
    """Every office of a text in reading order, with its portfolio and the name in apposition, if one is printed."""
    grammar = _grammar(lexicon.language)
    found: list[Mention] = []
    for match in lexicon.offices.pattern.finditer(text):
        if not found or match.start() >= found[-1].end:
            found.append(_mention(text, match, lexicon, grammar))
    return tuple(found)


def _mention(text: str, match: re.Match[str], lexicon: Lexicon, grammar: _Grammar) -> Mention:
    tail = grammar.tail.match(text, match.end())
    end = tail.end() if tail else match.end()
    title = text[match.start() : end]
    office = cast(Office, lexicon.offices.label_of(match))
    if office == "minister" and lexicon.foreign_portfolio.search(title):
        office = "foreign_minister"
    after = grammar.name_after.match(text, end)
    if after:
        return Mention(match.start(), after.end(), office, title, _clean(after["name"]), after.start("name"))
    window = max(0, match.start() - 90)
    before = grammar.name_before.search(text[window : match.start()])
    if before:
        return Mention(
            window + before.start(), end, office, title, _clean(before["name"]), window + before.start("name")
        )
    return Mention(match.start(), end, office, title)


def _clean(name: str) -> str:
    return name.rstrip(".’'-")
