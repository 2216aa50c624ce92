"""Patterns that begin with a word, tried only where a word of the text begins as they do."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from extractors.text import tokens
from extractors.visits.branches import choices, closing

_KEY, _LONGEST_HEAD = 3, 12
_SHORT = 160
"""Characters up to which a text is not worth an index."""
_MOST_GLUED = 5
_QUANTIFIERS = ("?", "*", "+", "{")
_FIRST = re.compile(r"\w")
_LETTER = re.compile(r"[\w'-]")
_LOOSE = re.compile(r"[\w'-]{0,2}?(?P<unit>\[(?P<kinds>[^\W_]+)\]|[\w'-](?=\?)|(?<=[\w'-])\(\?:)")
"""What stands among the first three letters and may be left out ("an?"), or is one of several ("n[oa]", "a(?:ux?)")."""
_COUNTED = re.compile(r"\*|\{0,\d+\}")
"""How often a group may stand that may also be left out."""


def beginnings(source: str, longest: int = _KEY) -> set[str] | None:
    """The plain letters, `longest` at most, with which the matches of a pattern begin; None where they are not plain.

    A word that ends sooner is told with the space behind it, one of one letter also without.
    """
    parts = choices(source)
    if len(parts) > 1:
        return _united(parts, longest)
    return _of_group(source, longest) if source.startswith("(?:") else _of_letters(source, longest)


def _of_letters(source: str, longest: int) -> set[str] | None:
    plainer = _spelt_out(source)
    if plainer is not None:
        return _united(plainer, longest)
    at = 0
    while (
        at < longest and (_LETTER if at else _FIRST).match(source, at) and not source.startswith(_QUANTIFIERS, at + 1)
    ):
        at += 1
    if 0 < at < longest and source.startswith((" {1,", "[ ]{1,"), at):
        return {f"{source[:at]} "}
    return {source[:at]} if at > 1 or source[:2] == source[:at] != "" else None


def _spelt_out(source: str) -> Sequence[str] | None:
    """A pattern whose first letters may be left out or chosen, as several that begin plainly; None where none may."""
    loose = _LOOSE.match(source)
    if loose is None:
        return None
    at, end = loose.start("unit"), loose.end()
    parts: Sequence[str] = loose["kinds"] or loose["unit"]
    if loose["unit"] == "(?:":
        end = closing(source)
        parts = choices(source[at + 3 : end - 1])
    is_optional = source.startswith("?", end)
    if source.startswith(_QUANTIFIERS[1:], end):
        return None
    behind = source[end + is_optional :]
    return [source[:at] + part + behind for part in (*parts, *(("",) if is_optional else ()))]


def _united(sources: Iterable[str], longest: int) -> set[str] | None:
    """The beginnings of several patterns; None where those of one are not plain."""
    found: set[str] = set()
    for source in sources:
        keys = beginnings(source, longest)
        if keys is None:
            return None
        found |= keys
    return found


def _of_group(source: str, longest: int) -> set[str] | None:
    """Of a pattern that begins with a choice: each with what follows; what may be left out, also without it."""
    close = closing(source)
    inside, rest = source[3 : close - 1], source[close:]
    if rest.startswith(("*", "+", "{")):
        keys = beginnings(inside, longest)
        if keys is None or any(len(key) < _KEY for key in keys):
            return None
        if rest[0] == "+":
            return keys
        counted = _COUNTED.match(rest)
        behind = beginnings(rest[counted.end() :], longest) if counted else None
        return None if behind is None else keys | behind
    is_optional = rest.startswith("?")
    rest = rest[1:] if is_optional else rest
    return _united((*(choice + rest for choice in choices(inside)), *((rest,) if is_optional else ())), longest)


def word_pattern(pattern: str, sources: Iterable[str], clitics: str = "") -> Pattern:
    """A pattern that matches at the beginning of a word only, as one of the sources begins.

    Indexed where all sources begin plainly; `clitics` is the pattern of what may be glued before them. A source of one
    letter must be a whole word.
    """
    heads = _united(sources, _LONGEST_HEAD)
    return re.compile(pattern) if heads is None else WordPattern(pattern, heads, clitics)


class WordPattern:
    """A compiled pattern with the methods of `re.Pattern` that the readers use; made when first needed."""

    __slots__ = ("_clitics", "_has_letter", "_heads", "_heads_by_key", "_keys", "_last", "_regex", "pattern")

    def __init__(self, pattern: str, heads: Iterable[str], clitics: str = "") -> None:
        """`heads` are the beginnings of all its phrases, `clitics` the pattern of what may be glued before them."""
        self.pattern = pattern
        self._heads = frozenset(heads)
        self._keys = frozenset(head[:_KEY] for head in self._heads)
        self._heads_by_key: dict[str, tuple[str, ...]] = {}
        self._has_letter = any(len(key) == 1 for key in self._keys)
        self._clitics = clitics
        self._regex: re.Pattern[str] | None = None
        self._last: tuple[str, Sequence[int]] = ("", ())

    @property
    def regex(self) -> re.Pattern[str]:
        if self._regex is None:
            self._regex = re.compile(self.pattern)
        return self._regex

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        stop = len(text) if end is None else end
        if self._is_plain(text, stop):
            return self.regex.search(text, start, stop)
        for place in self._places(text, start, stop):
            match = self.regex.match(text, place, stop)
            if match is not None:
                return match
        return None

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        stop = len(text) if end is None else end
        if self._is_plain(text, stop):
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

    def _heads_at(self, text: str, place: int) -> tuple[str, ...]:
        """The heads that go with the first letters of a word."""
        key = text[place : place + _KEY]
        found = self._heads_by_key.get(key)
        if found is None:
            is_letter = not key[1:2].isalnum()
            fits = (h for h in self._heads if h.startswith(key) or (key.startswith(h) and (is_letter or len(h) > 1)))
            found = self._heads_by_key[key] = tuple(fits)
        return found

    def _is_plain(self, text: str, end: int) -> bool:
        """Whether the pattern itself is tried: on a short text, and where the end leaves one letter of a word."""
        return len(text) < _SHORT or (self._has_letter and text[end - 1 : end + 1].isalnum())

    def _places(self, text: str, start: int, end: int) -> Sequence[int]:
        last, found = self._last
        if last is not text:
            found = openings(text, self._clitics).places(self._keys)
            if not self._clitics:
                found = [place for place in found if text.startswith(self._heads_at(text, place), place)]
            self._last = text, found
        if not found:
            return ()
        first = bisect_left(found, start)
        return found[first : bisect_left(found, end, first)]


class Openings:
    """Where the words of one text begin, by their first three characters, also behind what is glued to them."""

    __slots__ = ("_longer", "by_key")

    def __init__(self, text: str, clitics: str) -> None:
        by_key: defaultdict[str, list[int]] = defaultdict(list)
        for place in tokens(text)[0]:
            if clitics:
                for at in _behind_clitics(clitics, text[place : place + _MOST_GLUED]):
                    by_key[text[place + at : place + at + _KEY]].append(place)
            else:
                by_key[text[place : place + _KEY]].append(place)
        longer: defaultdict[str, list[str]] = defaultdict(list)
        for key in by_key:
            longer[key[:2]].append(key)
            if not key[1:2].isalnum():
                longer[key[:1]].append(key)
        self.by_key: Mapping[str, Sequence[int]] = by_key
        self._longer: Mapping[str, Sequence[str]] = longer

    def places(self, keys: frozenset[str]) -> Sequence[int]:
        """Where words begin as one of the keys does, rising."""
        by_key, longer = self.by_key, self._longer
        found = {place for key in keys & by_key.keys() for place in by_key[key]}
        for key in keys & longer.keys():
            found.update(place for full in longer[key] for place in by_key[full])
        return sorted(found)


Pattern = re.Pattern[str] | WordPattern


@lru_cache(maxsize=8)
def openings(text: str, clitics: str = "") -> Openings:
    """The beginnings of a text's words, remembered for all patterns that are looked for in it."""
    return Openings(text, clitics)


@lru_cache(maxsize=20_000)
def _behind_clitics(clitics: str, opening: str) -> tuple[int, ...]:
    """How many characters of a word's opening may be clitics."""
    return tuple(n for n in range(len(opening) + 1) if re.fullmatch(clitics, opening[:n]))
