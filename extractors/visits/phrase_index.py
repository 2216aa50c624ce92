"""Phrases of a language file, found in a text by the beginnings of its words.

Phrases are patterns for *folded* text (lower case, no accents, plain apostrophes): a language file may write them with
accents and capitals, they are folded at loading. A phrase begins with three plain characters (or is a word of two, as
"pm"), by which it is found: a text is gone through once, and only the phrases that begin as a word does are tried.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import compress
from typing import NamedTuple

from extractors.errors import SourceError
from extractors.remembered import Remembered
from extractors.text import fold, tokens
from extractors.visits.branches import goes_with, head_of
from extractors.visits.word_patterns import beginnings

_KEY, _LONG = 3, 5
_HEAD, _FOLLOWING = 24, 2
"""So many letters tell how a phrase begins, and so many behind a word whether it goes on as a phrase does."""
GAP = "[ ]{1,3}"
_BEFORE_WORD = "(?= "
"""What may stand behind a word of two letters: it counts only before certain words."""
_PIECE = re.compile(r"\\.|[^\\]+", re.DOTALL)
_MACRO = re.compile(r"<(\w+)>")
_CLASS = re.compile(r"\[[^\]]*\](?!\{1,3\})")
_SPECIAL = re.compile(r"[\\(\[.?*+|<]")


class _Row(NamedTuple):
    """One phrase of a table, in the order in which phrases of one place are tried."""

    rank: int
    shortness: int
    source: str
    head: str
    label: str


@cache
def _beginnings(source: str) -> frozenset[str] | None:
    """The plain letters with which a phrase begins, over its gaps; None where they are not plain."""
    found = beginnings(source, _HEAD, _HEAD)
    return None if found is None else frozenset(found)


def _may_open(row: _Row, opening: str) -> bool:
    """Whether a phrase may stand where a text has a word with the first letters that follow it."""
    heads = _beginnings(row.source)
    return heads is None or any(goes_with(head, opening) for head in heads)


def _with_one_gap(opening: str) -> str:
    """Up to the first of several spaces, which may all be one gap."""
    return opening[: opening.index("  ") + 1] if "  " in opening else opening


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
    folded = folded.replace("[^", r"[^\n")  # no phrase goes on in the next paragraph, nor behind the headline
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


class _Opening:
    """The phrases of a table that begin with one head, compiled when first tried."""

    __slots__ = ("labels", "pattern", "rows")

    def __init__(self, rows: Sequence[_Row]) -> None:
        self.rows = rows
        self.labels = tuple(row.label for row in rows)
        self.pattern: re.Pattern[str] | None = None

    def compiled(self) -> re.Pattern[str]:
        """The phrases as one pattern."""
        self.pattern = re.compile("|".join(f"({row.source})(?:(?<=[' ])|(?!\\w))" for row in self.rows))
        return self.pattern

    def match(self, folded: str, place: int) -> Hit | None:
        """The phrase that stands at a place."""
        match = (self.pattern or self.compiled()).match(folded, place)
        return Hit(self.labels[(match.lastindex or 1) - 1], place, match.end()) if match else None


class _Bucket:
    """The phrases of one key: which of them may stand at a place is told by the longest of their heads there."""

    __slots__ = ("_by_head", "_heads", "rows")

    def __init__(self, rows: Sequence[_Row]) -> None:
        self.rows = sorted(rows)
        self._heads: re.Pattern[str] | None = None
        self._by_head: dict[str, _Opening] = {}

    def match(self, folded: str, place: int) -> Hit | None:
        """The phrase of the bucket that begins at a place."""
        if self._heads is None:
            heads = sorted({row.head for row in self.rows}, key=len, reverse=True)
            self._heads = re.compile("|".join(map(re.escape, heads)))
        head = self._heads.match(folded, place)
        if head is None:
            return None
        return (self._by_head.get(head[0]) or self.opened(head[0])).match(folded, place)

    def opened(self, head: str) -> _Opening:
        """The phrases that may stand where the text begins with a head."""
        made = self._by_head[head] = _Opening([row for row in self.rows if head.startswith(row.head)])
        return made

    def may_begin(self, opening: str) -> bool:
        """Whether any phrase of the bucket may begin with a word."""
        return any(goes_with(row.head, opening) and _may_open(row, opening) for row in self.rows)

    def opened_by(self, word: str) -> _Opening | _Bucket | None:
        """The phrases that may begin with a word: where no head of theirs goes on behind it, the word alone tells."""
        heads = [row.head for row in self.rows if goes_with(row.head, word)]
        longest = max(heads, key=len, default="")
        if len(longest) > len(word):
            return self
        return (self._by_head.get(longest) or self.opened(longest)) if longest else None

    def compile_all(self) -> None:
        """Compiles all phrases at once. Raises re.error."""
        for row in self.rows:
            self.opened(row.head).compiled()


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

    def has_key_of(self, letters: str) -> bool:
        """Whether any phrase begins with one or two letters."""
        return any(key.startswith(letters) for key in self._buckets)

    def opened_by(self, word: str) -> _Opening | _Bucket | None:
        """The phrases that may begin with a word of three letters or more."""
        bucket = self._buckets.get(word[:_KEY])
        return bucket.opened_by(word) if bucket else None

    def scan(self, folded: str, index: WordIndex) -> list[Hit]:
        """All phrases of a text in order; one that begins inside another is left out."""
        hits: list[Hit] = []
        end = -1
        for place, opening in index[self]:
            if place >= end:
                hit = opening.match(folded, place) if opening else self.at(folded, place)
                if hit:
                    hits.append(hit)
                    end = hit.end
        return hits


_Place = tuple[int, _Opening | _Bucket | None]
WordIndex = Mapping[Phrases, Sequence[_Place]]
"""Where in a text the phrases of each table may begin, rising, and which of them (None: any)."""
_Begun = tuple[int, Phrases | None, _Opening | _Bucket | None]
"""How many letters into a word a phrase may begin, of which table (None: what follows tells), and which ones."""


class PhraseIndex:
    """Several tables of one language, so that a text is gone through once for all of them."""

    __slots__ = ("_asking", "_begun_by", "_glued", "_going_on", "_tables", "_with_what_follows")

    def __init__(self, tables: Sequence[Phrases], glued: Callable[[str], Sequence[int]] = lambda word: ()) -> None:
        """`glued` says how many letters of a word may be prefixes, behind which phrases may begin too."""
        self._tables = tables
        self._glued = glued
        self._begun_by = Remembered(self._begun)
        self._asking = Remembered(self._asks)
        self._going_on = Remembered(self._goes_on)
        self._with_what_follows = Remembered(self._opened)

    def _opened(self, opening: str) -> tuple[Phrases, ...]:
        opening = _with_one_gap(opening)
        return tuple(table for table in self._tables if table.may_begin(opening))

    def _begun(self, word: str) -> tuple[_Begun, ...]:
        begun: list[_Begun] = []
        for length in (0, *self._glued(word)):
            rest = word[length:]
            if len(rest) < _KEY:
                if any(table.has_key_of(rest) for table in self._tables):
                    begun.append((length, None, None))
            else:
                opened = ((table, table.opened_by(rest)) for table in self._tables)
                begun.extend((length, table, opening) for table, opening in opened if opening)
        return tuple(begun)

    def _asks(self, word: str) -> bool:
        """Whether all phrases of some table that may begin with a word go on behind it."""
        begun = ((f"{word[length:]}.", phrases.rows) for length, _, phrases in self._begun_by[word] if phrases)
        return any(not any(_may_open(row, alone) for row in rows) for alone, rows in begun)

    def _goes_on(self, opening: str) -> tuple[_Begun, ...]:
        """What may begin with a word, told with the letters behind it."""
        told, begun = _with_one_gap(opening), self._begun_by[opening[:-_FOLLOWING]]
        return tuple(
            (length, table, phrases)
            for length, table, phrases in begun
            if phrases is None or any(_may_open(row, told[length:]) for row in phrases.rows)
        )

    def places(self, folded: str) -> WordIndex:
        """The places at which phrases may begin: with a word, or behind the prefixes that are glued to it."""
        found: dict[Phrases, list[_Place]] = {table: [] for table in self._tables}
        starts, words = tokens(folded)
        told, asking, going_on = list(map(self._begun_by.__getitem__, words)), self._asking, self._going_on
        for start, word, begun in compress(zip(starts, words, told, strict=True), told):
            if asking[word]:
                end = start + len(word) + _FOLLOWING
                begun = going_on[folded[start:end]] if end <= len(folded) else begun
            for length, table, opening in begun:
                place = start + length
                if table is not None:
                    found[table].append((place, opening))
                else:
                    for one in self._with_what_follows[folded[place : place + _LONG]]:
                        found[one].append((place, None))
        return found
