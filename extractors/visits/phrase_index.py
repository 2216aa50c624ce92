"""Phrases of a language file, found in a text by the beginnings of its words.

Phrases are patterns for *folded* text (lower case, no accents, plain apostrophes): a language file may write them with
accents and capitals, they are folded at loading. A phrase begins with three plain characters (or is a word of two, as
"pm"), by which it is found: a text is gone through once, and only the phrases that begin as a word does are tried.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractors.errors import SourceError
from extractors.text import fold

_KEY, _LONG = 3, 5
GAP = "[ ]{1,3}"
_BEFORE_WORD = "(?= "
"""What may stand behind a word of two letters: it counts only before certain words."""
_PIECE = re.compile(r"\\.|[^\\]+", re.DOTALL)
_MACRO = re.compile(r"<(\w+)>")
_CLASS = re.compile(r"\[[^\]]*\](?!\{1,3\})")
_WORD = re.compile(r"\w+")
_SPECIAL = re.compile(r"[\\(\[.?*+|<]")


WordIndex = Mapping[str, Sequence[int]]
"""Word starts by the characters with which they begin."""


class Hit(NamedTuple):
    """A phrase of the language file as it stands in a text."""

    label: str
    start: int
    end: int


def folded_pattern(phrase: str, macros: Mapping[str, str] | None = None) -> str:
    """A phrase as a pattern for folded text: `<name>` stands for a macro, a space for one to three spaces."""
    if macros:
        phrase = _MACRO.sub(lambda m: f"(?:{macros[m[1]]})", phrase)
    folded = _PIECE.sub(lambda piece: piece[0] if piece[0][0] == "\\" else fold(piece[0]), phrase)
    return _CLASS.sub(lambda kind: kind[0].replace(" ", r"\x20"), folded).replace(" ", GAP)


def _opened(source: str) -> list[str]:
    """A pattern that has a choice among its first characters, as several patterns that begin plainly."""
    group = source.find("(?:")
    if not 0 <= group < _KEY:
        return [source]
    close = source.find(")", group)
    inside, rest = source[group + 3 : close], source[close + 1 :]
    if "(" in inside or rest[:1] in ("?", "*", "+", "{"):
        return [source]
    return [opened for choice in inside.split("|") for opened in _opened(source[:group] + choice + rest)]


def _keys(source: str) -> list[str]:
    """The characters by which a phrase is found; a word of two is found by each sign that may follow it."""
    if source.startswith(_BEFORE_WORD, _KEY - 1):
        return [f"{source[: _KEY - 1]} "]
    if source[_KEY - 1 : _KEY] == " " and len(source) >= _LONG and not _SPECIAL.search(source[: _LONG + 1]):
        return [source[:_LONG]]
    if len(source) >= _KEY:
        return [source[:_KEY]]
    return [source + sign for sign in (*" .,;:!?)'\"»”-/\n", "")]


def _is_plain(source: str) -> bool:
    """Whether a phrase begins with characters that stand for themselves."""
    head = source[: _KEY - 1] if source.startswith(_BEFORE_WORD, _KEY - 1) else source[: _KEY + 1]
    return not _SPECIAL.search(head[:_KEY]) and head[_KEY:] not in ("?", "*", "{")


class Phrases:
    """Labelled phrases, found at word starts; at one place the table's first label wins, then the longest phrase."""

    __slots__ = ("_by_key", "_rows", "labels")

    def __init__(self, table: Mapping[str, Sequence[str]], macros: Mapping[str, str] | None = None) -> None:
        self.labels = tuple(table)
        buckets: dict[str, list[tuple[int, int, str]]] = {}
        for rank, (label, phrases) in enumerate(table.items()):
            for phrase in phrases:
                for source in _opened(folded_pattern(phrase, macros).replace(GAP, " ")):
                    for key in _keys(source):
                        if not _is_plain(source):
                            raise SourceError(f"[{label}] {phrase!r}: a phrase begins with three plain characters")
                        buckets.setdefault(key, []).append((rank, -len(phrase), source.replace(" ", GAP)))
        self._rows = buckets
        self._by_key: dict[str, tuple[re.Pattern[str], tuple[str, ...]]] = {}

    def compile_all(self) -> None:
        """Compiles every phrase at once, which else happens when a text first holds its beginning. Raises re.error."""
        for key in self._rows:
            self._compiled(key)

    def _compiled(self, key: str) -> tuple[re.Pattern[str], tuple[str, ...]] | None:
        rows = self._rows.get(key)
        if rows is None:
            return None
        rows = sorted(rows)
        pattern = re.compile("|".join(f"({source})(?:(?<=')|(?!\\w))" for _, _, source in rows))
        made = self._by_key[key] = pattern, tuple(self.labels[rank] for rank, _, _ in rows)
        return made

    def at(self, folded: str, place: int) -> Hit | None:
        """The phrase that begins at a place of folded text."""
        for length in (_LONG, _KEY) if folded[place + _KEY - 1 : place + _KEY] == " " else (_KEY,):
            key = folded[place : place + length]
            found = self._by_key.get(key) or self._compiled(key)
            match = found[0].match(folded, place) if found else None
            if found and match:
                return Hit(found[1][(match.lastindex or 1) - 1], place, match.end())
        return None

    def scan(self, folded: str, index: WordIndex) -> list[Hit]:
        """All phrases of a text in order; one that begins inside another is left out."""
        hits: list[Hit] = []
        end = -1
        for place in sorted({place for key in self._rows.keys() & index.keys() for place in index[key]}):
            hit = self.at(folded, place) if place >= end else None
            if hit:
                hits.append(hit)
                end = hit.end
        return hits


def index_words(folded: str, starts: Sequence[int]) -> WordIndex:
    """Where words begin, by their first characters: so that a text is gone through once for all tables."""
    index: dict[str, list[int]] = {}
    for place in starts:
        key = folded[place : place + _KEY]
        index.setdefault(key, []).append(place)
        if key[-1:] == " ":
            index.setdefault(folded[place : place + _LONG], []).append(place)
    return index
