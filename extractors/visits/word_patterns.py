"""Patterns that begin with a word, tried only where a word of the text begins as they do."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import compress

from extractors.remembered import Remembered
from extractors.text import tokens, whole_of
from extractors.visits.branches import choices, closing, goes_with

_KEY, _LONGEST_HEAD = 3, 12
_SHORT = 160
"""Characters up to which a text is not worth an index."""
_MOST_GLUED = 5
_START = 2
_UNTOLD = (-1,)
"""Which patterns a short word may begin is told by what follows it."""
_QUANTIFIERS = ("?", "*", "+", "{")
_FIRST = re.compile(r"\w")
_LETTER = re.compile(r"[\w'-]")
_LOOSE = re.compile(r"[\w'-]{0,2}?(?P<unit>\[(?P<kinds>[^\W_]+)\]|[\w'-](?=\?)|(?<=[\w'-])\(\?:)")
"""What stands among the first three letters and may be left out ("an?"), or is one of several ("n[oa]", "a(?:ux?)")."""
_COUNTED = re.compile(r"\*|\{0,\d+\}")
"""How often a group may stand that may also be left out."""
_GAP = re.compile(r"(?:\[ \]| )(?:\{1,\d\})?(?![?*{])")
_LOOKED_BACK = re.compile(r"(?:\(\?<!\w+ ?\))+")
_WITHIN_WORD = re.compile(r"(?:[^\W_]|\\w|[][?(:|)!{,}+*])+")
"""A source that a word by itself is known to match or not: plain letters, any letters, groups of them."""


def beginnings(source: str, longest: int = _KEY, crossed: int = _START) -> set[str] | None:
    """The plain letters, `longest` at most, with which the matches of a pattern begin; None where they are not plain.

    A word that ends sooner is told with the space behind it, one of one letter also without; where more letters than
    usual are asked for, one of no more than `crossed` letters with what stands behind that.
    """
    parts = choices(source)
    if len(parts) > 1:
        return _united(parts, longest, crossed)
    return (_of_group if source.startswith("(?:") else _of_letters)(source, longest, crossed)


def _of_letters(source: str, longest: int, crossed: int) -> set[str] | None:
    plainer = _spelt_out(source)
    if plainer is not None:
        return _united(plainer, longest, crossed)
    at = 0
    while (
        at < longest and (_LETTER if at else _FIRST).match(source, at) and not source.startswith(_QUANTIFIERS, at + 1)
    ):
        at += 1
    gap = _GAP.match(source, at) if 0 < at < longest else None
    if gap:
        is_crossed = at <= crossed and longest > _KEY
        behind = beginnings(source[gap.end() :], longest - at - 1, crossed) if is_crossed else None
        return {f"{source[:at]} {head}" for head in behind or ("",)}
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


def _united(sources: Iterable[str], longest: int, crossed: int) -> set[str] | None:
    """The beginnings of several patterns; None where those of one are not plain."""
    found: set[str] = set()
    for source in sources:
        keys = beginnings(source, longest, crossed)
        if keys is None:
            return None
        found |= keys
    return found


def _of_group(source: str, longest: int, crossed: int) -> set[str] | None:
    """Of a pattern that begins with a choice: each with what follows; what may be left out, also without it."""
    close = closing(source)
    inside, rest = source[3 : close - 1], source[close:]
    if rest.startswith(("*", "+", "{")):
        keys = beginnings(inside, longest, crossed)
        if keys is None or any(len(key) < _KEY for key in keys):
            return None
        if rest[0] == "+":
            return keys
        counted = _COUNTED.match(rest)
        behind = beginnings(rest[counted.end() :], longest, crossed) if counted else None
        return None if behind is None else keys | behind
    is_optional = rest.startswith("?")
    rest = rest[1:] if is_optional else rest
    parts = (*(choice + rest for choice in choices(inside)), *((rest,) if is_optional else ()))
    return _united(parts, longest, crossed)


def word_pattern(pattern: str, sources: Iterable[str], clitics: str = "", language: str = "") -> Pattern:
    """A pattern that matches at the beginning of a word only, as one of the sources begins.

    Indexed where all sources begin plainly, or are endings of one word (`[a-z]+ait`); `clitics` is the pattern of what
    may be glued before them. A source of one letter must be a whole word. A text is indexed for the patterns of one
    language at once.
    """
    heads: set[str] = set()
    endings: list[str] = []
    for source in (part for whole in sources for part in choices(whole)):
        begun = beginnings(_LOOKED_BACK.sub("", source), _LONGEST_HEAD)
        if begun is None and not _WITHIN_WORD.fullmatch(source):
            return re.compile(pattern)
        heads |= begun or set()
        endings.extend(() if begun else (source,))
    return WordPattern(pattern, heads, clitics, language, "|".join(endings))


class WordPattern:
    """A compiled pattern with the methods of `re.Pattern` that the readers use; made when first needed."""

    __slots__ = ("_is_cut", "_kind", "_last", "_regex", "endings", "heads", "pattern")

    def __init__(
        self, pattern: str, heads: Iterable[str], clitics: str = "", language: str = "", endings: str = ""
    ) -> None:
        """`heads` are the beginnings of all its phrases but those that are one word of some `endings`; `clitics` the
        pattern of what may be glued before them."""
        self.pattern = pattern
        self.heads = frozenset(heads)
        self.endings = re.compile(endings) if endings else None
        self._is_cut = bool(endings) or any(len(head) == 1 for head in self.heads)
        self._kind = language, clitics
        self._regex: re.Pattern[str] | None = None
        self._last: tuple[str, Sequence[int] | None] = ("", None)

    @property
    def regex(self) -> re.Pattern[str]:
        return self._regex or self._compiled()

    def _compiled(self) -> re.Pattern[str]:
        self._regex = re.compile(self.pattern)
        return self._regex

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        last, found = self._last
        if last is text and found is not None and not found:  # most patterns stand nowhere in a text
            return None
        stop = len(text) if end is None else end
        places = self._places(text, start, stop)
        if not places:
            return self.regex.search(text, start, stop) if places is None else None
        regex = self._regex or self._compiled()
        for place in places:
            match = regex.match(text, place, stop)
            if match is not None:
                return match
        return None

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        stop = len(text) if end is None else end
        places = self._places(text, start, stop)
        if not places:
            return self.regex.finditer(text, start, stop) if places is None else iter(())
        return self._found(text, places, stop)

    def _found(self, text: str, places: Sequence[int], stop: int) -> Iterator[re.Match[str]]:
        regex, behind = self._regex or self._compiled(), 0
        for place in places:
            match = regex.match(text, place, stop) if place >= behind else None
            if match is not None:
                yield match
                behind = match.end()

    def may_stand_in(self, text: str) -> bool:
        """Whether any word of a text begins as the pattern does; where none does, no sentence need be searched."""
        places = self._places(text, 0, len(text))
        return places is None or len(places) > 0

    def match(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        return self.regex.match(text, start, len(text) if end is None else end)

    def fullmatch(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """As `re.Pattern.fullmatch`."""
        return self.regex.fullmatch(text, start, len(text) if end is None else end)

    def _places(self, text: str, start: int, end: int) -> Sequence[int] | None:
        """Where the pattern may match in a stretch; None where it is tried itself: on a short text, on one that was
        indexed before the pattern was first looked for, and where the end cuts a word that may then match.
        """
        last, found = self._last
        if last is not text:
            if len(text) < _SHORT:
                return None
            found = _indexed(text, *self._kind).places(self)
            self._last = text, found
        if not found:
            return found
        if self._is_cut and text[end - 1 : end + 1].isalnum():
            return None
        first = bisect_left(found, start)
        return found[first : bisect_left(found, end, first)]


class _Register:
    """All patterns of a language that are looked for behind the same clitics, and which of them a word may begin."""

    def __init__(self, clitics: str) -> None:
        self._clitics = clitics
        self._numbers: dict[WordPattern, int] = {}
        self._heads: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        self._endings: list[tuple[re.Pattern[str], int]] = []
        self.opened_by = Remembered(self._opened_by_word)
        """The numbers of the patterns that a word may begin; `_UNTOLD` for one of one or two letters."""
        self.with_what_follows = Remembered(self._opened_by)

    def number(self, pattern: WordPattern) -> int:
        """The number of a pattern, which is new where it is looked for the first time."""
        known = self._numbers.get(pattern)
        if known is None:
            known = self._numbers[pattern] = len(self._numbers)
            for head in pattern.heads:
                self._heads[head[:_START]].append((head, known))
            self._endings.extend([(pattern.endings, known)] if pattern.endings else ())
            self.opened_by.clear()
            self.with_what_follows.clear()
        return known

    @property
    def count(self) -> int:
        """How many patterns have been looked for so far."""
        return len(self._numbers)

    def _opened_by_word(self, word: str) -> tuple[int, ...]:
        return self._opened_by(word) if len(word) > _START else _UNTOLD

    def _opened_by(self, opening: str) -> tuple[int, ...]:
        if "  " in opening:  # a gap of several spaces is told by its first
            opening = opening[: opening.index("  ") + 1]
        behind = _behind_clitics(self._clitics, opening[:_MOST_GLUED]) if self._clitics else (0,)
        found = [n for at in behind for head, n in self._begun(opening[at:]) if goes_with(head, opening[at:])]
        found += [n for at in behind for ending, n in self._endings if ending.match(opening, at)]
        return tuple(dict.fromkeys(found))

    def _begun(self, opening: str) -> Iterator[tuple[str, int]]:
        """The heads with the first letters of a word."""
        if len(opening) < _START:
            yield from (told for key, heads in self._heads.items() if key.startswith(opening) for told in heads)
            return
        yield from self._heads.get(opening[:_START], ())
        if not opening[1].isalnum():
            yield from self._heads.get(opening[:1], ())


class _Indexed:
    """Where in one text each pattern of a register may match."""

    def __init__(self, text: str, register: _Register) -> None:
        self._register, self._known = register, register.count
        self._found: defaultdict[int, list[int]] = defaultdict(list)
        found, with_what_follows = self._found, register.with_what_follows
        starts, words = tokens(text)
        told = list(map(register.opened_by.__getitem__, words))
        for start, numbers in compress(zip(starts, told, strict=True), told):
            if numbers is _UNTOLD:
                numbers = with_what_follows[text[start : start + _MOST_GLUED]]
            for number in numbers:
                found[number].append(start)

    def places(self, pattern: WordPattern) -> Sequence[int] | None:
        """Rising; None for a pattern that is looked for the first time."""
        number = self._register.number(pattern)
        return self._found.get(number, ()) if number < self._known else None


class _Tail:
    """The same for the tail of a text that has been indexed: a body without its headline."""

    def __init__(self, whole: _Indexed, start: int) -> None:
        self._whole, self._start = whole, start

    def places(self, pattern: WordPattern) -> Sequence[int] | None:
        """Rising; None for a pattern that is looked for the first time."""
        places, start = self._whole.places(pattern), self._start
        return [place - start for place in places[bisect_left(places, start) :]] if places else places


Pattern = re.Pattern[str] | WordPattern


def may_stand(pattern: Pattern, text: str) -> bool:
    """False where the index of a text already tells that a pattern stands nowhere in it."""
    return not isinstance(pattern, WordPattern) or pattern.may_stand_in(text)


@cache
def _register(language: str, clitics: str) -> _Register:
    return _Register(clitics)


@lru_cache(maxsize=8)
def _indexed(text: str, language: str, clitics: str) -> _Indexed | _Tail:
    """The index of a text, remembered for all patterns that are looked for in it."""
    told = whole_of(text)
    whole = _indexed(told[0], language, clitics) if told else None
    if told and isinstance(whole, _Indexed):
        return _Tail(whole, told[1])
    return _Indexed(text, _register(language, clitics))


@lru_cache(maxsize=20_000)
def _behind_clitics(clitics: str, opening: str) -> tuple[int, ...]:
    """How many characters of a word's opening may be clitics."""
    return tuple(n for n in range(len(opening) + 1) if re.fullmatch(clitics, opening[:n]))
