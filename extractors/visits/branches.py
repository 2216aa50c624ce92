"""Many phrases compared with a text at once: as one pattern that branches by letter, or by the beginnings of words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress

from extractors.remembered import Remembered
from extractors.text import tokens

_QUANTIFIERS = ("?", "*", "+", "{")
_PLAIN = re.compile(r"[\w'-]")
_DEPTH = 5
_SENTENCE = 400
_LETTERS = re.compile(r"[\w'-]+(?![?*{])")
_BEGINNING = re.compile(r"(?:[\w'-](?![?*{])| (?:\{\d,\d\})?)*")
Source = tuple[str, str]
"""A pattern and the label that it stands for."""


def branched(sources: Sequence[Source], names: list[str] | None = None) -> str:
    """One pattern that matches what any of the sources does; sources that begin alike share their first letters.

    Where two match at one place, the longer plain beginning wins, then the earlier source. With `names` every source
    gets a group, and its label is added in the order of the groups.
    """
    plainly = [(plain, label) for source, label in sources for plain in _opened(source)]
    return _branch(plainly, names, _DEPTH) or "(?!)"


def _branch(sources: Sequence[Source], names: list[str] | None, depth: int) -> str:
    by_letter: dict[str, list[Source]] = {}
    others: list[Source] = []
    for source, label in sources:
        if depth and _begins_plainly(source):
            by_letter.setdefault(source[0], []).append((source[1:], label))
        else:
            others.append((source, label))
    branches = []
    for letter, rest in by_letter.items():
        if len(rest) == 1:
            branches.append(_leaf(letter + rest[0][0], rest[0][1], names))
        else:
            branches.append(f"{letter}(?:{_branch(rest, names, depth - 1)})")
    return "|".join([*branches, *(_leaf(source, label, names) for source, label in others)])


def _leaf(source: str, label: str, names: list[str] | None) -> str:
    if names is None:
        return source if "|" not in source else f"(?:{source})"
    names.append(label)
    return f"({source})"


def _begins_plainly(source: str) -> bool:
    return bool(_PLAIN.match(source)) and not source.startswith(_QUANTIFIERS, 1)


def _opened(source: str) -> list[str]:
    """A pattern that begins with a choice, as one pattern for each; a choice that may be left out, without it too."""
    if not source.startswith("(?:"):
        return [source]
    close = closing(source)
    inside, rest = source[3 : close - 1], source[close:]
    if rest.startswith(("*", "+", "{")) or "(" in inside:
        return [source]
    left_out = rest.startswith("?")
    rest = rest[1:] if left_out else rest
    choices = [choice + rest for choice in inside.split("|")]
    return [plain for choice in choices for plain in _opened(choice)] + (_opened(rest) if left_out else [])


def closing(source: str) -> int:
    """Behind the bracket that closes the first one."""
    depth = 0
    for at, sign in enumerate(source):
        if sign == "(" and source[at - 1] != "\\":
            depth += 1
        elif sign == ")" and source[at - 1] != "\\":
            depth -= 1
            if depth == 0:
                return at + 1
    return len(source)


def choices(source: str) -> Sequence[str]:
    """The parts of a pattern between the bars that stand in no bracket."""
    if "|" not in source:
        return (source,)
    parts, depth, begin = [], 0, 0
    for at, sign in enumerate(source):
        if sign in "()|" and source[at - 1 : at] != "\\":
            depth += (sign == "(") - (sign == ")")
            if sign == "|" and depth == 0:
                parts.append(source[begin:at])
                begin = at + 1
    return (*parts, source[begin:])


def head_of(source: str, least: int) -> str:
    """The plain letters with which every match of a phrase begins: a quick look spares most patterns.

    `least` letters are known to be plain; one that may be left out is none.
    """
    head = _LETTERS.match(source) if len(choices(source)) == 1 else None
    return head[0] if head else source[:least]


def goes_with(head: str, opening: str) -> bool:
    """Whether what begins with a head may stand where a text has this opening: a whole word, or its first characters
    with the sign that ends it among them.
    """
    if opening.startswith(head):
        return True
    return head.startswith(opening) and not (opening.isalnum() and head[len(opening)].isalnum())


def _plain_length(source: Source) -> int:
    """How many letters a phrase begins with that every match of it has: "securite maritime" goes before "securite"."""
    beginning = _BEGINNING.match(source[0])
    return beginning.end() if beginning else 0


class Phrasebook:
    """Hundreds of labelled phrases, looked up by the first two letters of each word of a text."""

    __slots__ = ("_by_key", "_clitics", "_end", "_heads", "_last", "_may_open", "_rows")

    def __init__(self, labels: Mapping[str, Sequence[str]], clitics: str, end: str) -> None:
        """`labels` hold folded sources; `clitics` is a pattern of what may be glued before a word, `end` of its end."""
        buckets: dict[str, list[Source]] = {}
        for label, sources in labels.items():
            for source in (plain for s in sources for plain in _opened(s)):
                if not (_begins_plainly(source) and _begins_plainly(source[1:])):
                    raise ValueError(f"[{label}] {source!r}: a phrase begins with two plain letters")
                buckets.setdefault(source[:2], []).append((source, label))
        for rows in buckets.values():
            rows.sort(key=_plain_length, reverse=True)
        self._end = end
        self._rows = buckets
        self._heads = {key: tuple({head_of(source, 2) for source, _ in rows}) for key, rows in buckets.items()}
        self._last: tuple[str, Sequence[int]] = ("", ())
        self._may_open = Remembered(self._opens)
        self._by_key: dict[str, tuple[re.Pattern[str], tuple[str, ...]]] = {}
        self._clitics = re.compile(clitics) if clitics else None

    def _compiled(self, key: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
        """The phrases of one beginning, compiled when a text first has it."""
        names: list[str] = []
        pattern = re.compile(f"(?:{_branch(self._rows[key], names, _DEPTH)}){self._end}")
        made = self._by_key[key] = pattern, tuple(names)
        return made

    def finditer(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Start, end and label of every phrase in a stretch of folded text, none inside another."""
        behind, places = start, self._places(text)
        for place in places[bisect_left(places, start) : bisect_left(places, end)]:
            if place < behind:
                continue
            hit = self._at(text, place, end)
            if hit is None and self._clitics and (glued := self._clitics.match(text, place, end)):
                hit = self._behind_clitics(text, place, glued.end(), end)
            if hit:
                yield hit
                behind = hit[1]

    def _places(self, text: str) -> Sequence[int]:
        """Where words of two letters or more begin that may be a phrase's first, remembered for the text last read."""
        last, found = self._last
        if last is not text:
            starts, words = tokens(text)
            found = list(compress(starts, map(self._may_open.__getitem__, words)))
            if len(text) > _SENTENCE:  # a headline in between doesn't make it forget the body
                self._last = text, found
        return found

    def _opens(self, word: str) -> bool:
        """Whether a phrase may begin with a word, or behind the clitics that are glued before it."""
        glued = self._clitics.match(word) if self._clitics else None
        rests = [word[at:] for at in range((glued.end() if glued else 0) + 1)]
        heads = (head for rest in rests for head in self._heads.get(rest[:2], ()) if goes_with(head, rest))
        return len(word) > 1 and (len(rests[-1]) <= 1 or next(heads, None) is not None)

    def _may_begin(self, text: str, place: int) -> bool:
        heads = self._heads.get(text[place : place + 2])
        return heads is not None and text.startswith(heads, place)

    def _at(self, text: str, place: int, end: int) -> tuple[int, int, str] | None:
        if not self._may_begin(text, place):
            return None
        key = text[place : place + 2]
        pattern, labels = self._by_key.get(key) or self._compiled(key)
        match = pattern.match(text, place, end)
        return (place, match.end(), labels[(match.lastindex or 1) - 1]) if match else None

    def _behind_clitics(self, text: str, place: int, last: int, end: int) -> tuple[int, int, str] | None:
        """The phrase behind the longest run of clitics that leaves one."""
        for at in range(last, place, -1):
            hit = self._at(text, at, end)
            if hit:
                return hit
        return None
