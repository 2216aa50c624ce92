"""Phrases of a language file, found in a text by the beginnings of its words.

Phrases are patterns for *folded* text (lower case, no accents, plain apostrophes): a language file may write them with
accents and capitals, they are folded at loading. A phrase begins with three plain characters (or is a word of two, as
"pm"), by which it is found: a text is gone through once, and only the phrases that begin as a word does are tried.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from extractors.errors import SourceError
from extractors.text import fold
from extractors.visits.branches import goes_with, head_of

_KEY, _LONG = 3, 5
GAP = "[ ]{1,3}"
_BEFORE_WORD = "(?= "
"""What may stand behind a word of two letters: it counts only before certain words."""
_PIECE = re.compile(r"\\.|[^\\]+", re.DOTALL)
_MACRO = re.compile(r"<(\w+)>")
_CLASS = re.compile(r"\[[^\]]*\](?!\{1,3\})")
_SPECIAL = re.compile(r"[\\(\[.?*+|<]")


_REMEMBERED = 50_000
"""Of so many words it is remembered which tables may begin with them."""


class _Row(NamedTuple):
    """One phrase of a table, in the order in which phrases of one place are tried."""

    rank: int
    shortness: int
    source: str
    head: str
    label: str


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


class _Bucket:
    """The phrases of one key: which of them may stand at a place is told by the longest of their heads there."""

    __slots__ = ("_by_head", "_heads", "_rows")

    def __init__(self, rows: Sequence[_Row]) -> None:
        self._rows = sorted(rows)
        self._heads: re.Pattern[str] | None = None
        self._by_head: dict[str, tuple[re.Pattern[str], tuple[str, ...]]] = {}

    def match(self, folded: str, place: int) -> Hit | None:
        """The phrase of the bucket that begins at a place."""
        if self._heads is None:
            heads = sorted({row.head for row in self._rows}, key=len, reverse=True)
            self._heads = re.compile("|".join(map(re.escape, heads)))
        head = self._heads.match(folded, place)
        if head is None:
            return None
        pattern, labels = self._by_head.get(head[0]) or self.compiled(head[0])
        match = pattern.match(folded, place)
        return Hit(labels[(match.lastindex or 1) - 1], place, match.end()) if match else None

    def may_begin(self, opening: str) -> bool:
        """Whether any phrase of the bucket may begin with a word."""
        return any(goes_with(row.head, opening) for row in self._rows)

    def compiled(self, head: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
        """The phrases that may stand where the text begins with a head, compiled when one first does."""
        rows = [row for row in self._rows if head.startswith(row.head)]
        pattern = re.compile("|".join(f"({row.source})(?:(?<=[' ])|(?!\\w))" for row in rows))
        made = self._by_head[head] = pattern, tuple(row.label for row in rows)
        return made

    def compile_all(self) -> None:
        """Compiles all phrases at once. Raises re.error."""
        for row in self._rows:
            self.compiled(row.head)


class Phrases:
    """Labelled phrases, found at word starts; at one place the table's first label wins, then the longest phrase."""

    __slots__ = ("_buckets", "labels")

    def __init__(self, table: Mapping[str, Sequence[str]], macros: Mapping[str, str] | None = None) -> None:
        self.labels = tuple(table)
        rows: defaultdict[str, list[_Row]] = defaultdict(list)
        for rank, (label, phrases) in enumerate(table.items()):
            for phrase in phrases:
                for source in _opened(folded_pattern(phrase, macros).replace(GAP, " ")):
                    if not _is_plain(source):
                        raise SourceError(f"[{label}] {phrase!r}: a phrase begins with three plain characters")
                    row = _Row(rank, -len(phrase), source.replace(" ", GAP), head_of(source, _KEY - 1), label)
                    for key in _keys(source):
                        rows[key].append(row)
        self._buckets = {key: _Bucket(found) for key, found in rows.items()}

    def compile_all(self) -> None:
        """Compiles every phrase at once, which else happens when a text first holds its beginning. Raises re.error."""
        for bucket in self._buckets.values():
            bucket.compile_all()

    def at(self, folded: str, place: int) -> Hit | None:
        """The phrase that begins at a place of folded text."""
        for length in (_LONG, _KEY) if folded[place + _KEY - 1 : place + _KEY] == " " else (_KEY,):
            bucket = self._buckets.get(folded[place : place + length])
            hit = bucket.match(folded, place) if bucket else None
            if hit:
                return hit
        return None

    def may_begin(self, opening: str) -> bool:
        """Whether a phrase may begin with a word; one of fewer than three letters is told with what follows it."""
        bucket = self._buckets.get(opening[:_KEY])
        return (bucket is not None and bucket.may_begin(opening)) or opening[:_LONG] in self._buckets

    def scan(self, folded: str, index: WordIndex) -> list[Hit]:
        """All phrases of a text in order; one that begins inside another is left out."""
        hits: list[Hit] = []
        end = -1
        for place in index[self]:
            hit = self.at(folded, place) if place >= end else None
            if hit:
                hits.append(hit)
                end = hit.end
        return hits


WordIndex = Mapping[Phrases, Sequence[int]]
"""Where in a text the phrases of each table may begin, rising."""


class PhraseIndex:
    """Several tables of one language, so that a text is gone through once for all of them."""

    __slots__ = ("_opened", "_tables")

    def __init__(self, tables: Sequence[Phrases]) -> None:
        self._tables = tables
        self._opened = lru_cache(maxsize=_REMEMBERED)(self._opened_by)

    def _opened_by(self, opening: str) -> tuple[Phrases, ...]:
        return tuple(table for table in self._tables if table.may_begin(opening))

    def places(self, folded: str, words: Iterable[tuple[int, str]]) -> WordIndex:
        """The places at which phrases may begin; `words` are the text's, each with its place, in order."""
        found: dict[Phrases, list[int]] = {table: [] for table in self._tables}
        for place, word in words:
            opening = word if len(word) >= _KEY else folded[place : place + _LONG]
            for table in self._opened(opening):
                found[table].append(place)
        return found
