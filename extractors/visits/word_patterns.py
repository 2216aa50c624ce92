"""Patterns that begin with a word, tried only where a word of the text begins as they do."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from extractors.visits.branches import closing

_KEY = 3
_SHORT = 160
"""Characters up to which a text is not worth an index."""
_MOST_GLUED = 5
_WORD = re.compile(r"\w+")
_QUANTIFIERS = ("?", "*", "+", "{")
_FIRST = re.compile(r"\w")
_LETTER = re.compile(r"[\w'-]")


def beginnings(source: str) -> set[str] | None:
    """The plain letters, three at most, with which the matches of a pattern begin; None where they are not plain.

    A word of one letter is told with the sign behind it, where the pattern has one.
    """
    found: set[str] = set()
    for choice in _choices(source):
        keys = _of_group(choice) if choice.startswith("(?:") else _of_letters(choice)
        if keys is None:
            return None
        found |= keys
    return found


def _of_letters(source: str) -> set[str] | None:
    at = 0
    while at < _KEY and (_LETTER if at else _FIRST).match(source, at) and not source.startswith(_QUANTIFIERS, at + 1):
        at += 1
    if 0 < at < _KEY and source.startswith((" {1,", "[ ]{1,"), at):
        return {f"{source[:at]} "}
    return {source[:at]} if at > 1 or source[:2] == source[:at] != "" else None


def _of_group(source: str) -> set[str] | None:
    """Of a pattern that begins with a choice: each with what follows; what may be left out, also without it."""
    close = closing(source)
    inside, rest = source[3 : close - 1], source[close:]
    if rest.startswith(("*", "+", "{")):
        keys = beginnings(inside)
        return keys if keys and rest[0] == "+" and all(len(key) == _KEY for key in keys) else None
    is_optional = rest.startswith("?")
    rest = rest[1:] if is_optional else rest
    found: set[str] = set()
    for told in (*(choice + rest for choice in _choices(inside)), *((rest,) if is_optional else ())):
        keys = beginnings(told)
        if keys is None:
            return None
        found |= keys
    return found


def _choices(source: str) -> Sequence[str]:
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


class WordPattern:
    """A compiled pattern with the methods of `re.Pattern` that the readers use; made when first needed."""

    __slots__ = ("_clitics", "_keys", "_regex", "pattern")

    def __init__(self, pattern: str, keys: Iterable[str], clitics: str = "") -> None:
        """`keys` are the beginnings of all its phrases, `clitics` the pattern of what may be glued before them."""
        self.pattern = pattern
        self._keys = frozenset(keys)
        self._clitics = clitics
        self._regex: re.Pattern[str] | None = None

    @property
    def regex(self) -> re.Pattern[str]:
        if self._regex is None:
            self._regex = re.compile(self.pattern)
        return self._regex

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        stop = len(text) if end is None else end
        if len(text) < _SHORT:
            return self.regex.search(text, start, stop)
        for place in self._places(text, start, stop):
            match = self.regex.match(text, place, stop)
            if match is not None:
                return match
        return None

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        stop = len(text) if end is None else end
        if len(text) < _SHORT:
            yield from self.regex.finditer(text, start, stop)
            return
        for place in self._places(text, start, stop):
            match = self.regex.match(text, place, stop) if place >= start else None
            if match is not None:
                yield match
                start = match.end()

    def match(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        return self.regex.match(text, start, len(text) if end is None else end)

    def fullmatch(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """As `re.Pattern.fullmatch`."""
        return self.regex.fullmatch(text, start, len(text) if end is None else end)

    def _places(self, text: str, start: int, end: int) -> Sequence[int]:
        beginnings = _beginnings(text, self._clitics)
        found = beginnings.known.get(self)
        if found is None:
            found = beginnings.known[self] = beginnings.places(self._keys)
        if not found:
            return ()
        first = bisect_left(found, start)
        return found[first : bisect_left(found, end, first)]


class _Beginnings:
    """Where the words of one text begin, by their first two and three characters, also behind what is glued to them."""

    __slots__ = ("_by_key", "_longer", "known")

    def __init__(self, text: str, clitics: str) -> None:
        self.known: dict[WordPattern, Sequence[int]] = {}
        self._by_key: dict[str, list[int]] = {}
        by_key = self._by_key
        for word in _WORD.finditer(text):
            place = word.start()
            if clitics:
                opening = text[place : place + _MOST_GLUED]
                for at in _behind_clitics(clitics, opening):
                    by_key.setdefault(text[place + at : place + at + _KEY], []).append(place)
            else:
                by_key.setdefault(text[place : place + _KEY], []).append(place)
        self._longer: dict[str, list[str]] = {}
        for key in by_key:
            self._longer.setdefault(key[:2], []).append(key)
            if not key[1:2].isalnum():
                self._longer.setdefault(key[:1], []).append(key)

    def places(self, keys: frozenset[str]) -> Sequence[int]:
        """Where words begin as one of the keys does, rising."""
        by_key, longer = self._by_key, self._longer
        found = {place for key in keys & by_key.keys() for place in by_key[key]}
        for key in keys & longer.keys():
            found.update(place for full in longer[key] for place in by_key[full])
        return sorted(found)


@lru_cache(maxsize=8)
def _beginnings(text: str, clitics: str) -> _Beginnings:
    return _Beginnings(text, clitics)


@lru_cache(maxsize=20_000)
def _behind_clitics(clitics: str, opening: str) -> tuple[int, ...]:
    """How many characters of a word's opening may be clitics."""
    return tuple(n for n in range(len(opening) + 1) if re.fullmatch(clitics, opening[:n]))
