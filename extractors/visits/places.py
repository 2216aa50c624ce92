"""Which countries, peoples and cities does this text name, and where?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import compress
from typing import Literal

from extractors.remembered import Remembered
from extractors.text import fold, printed_end, tokens
from extractors.visits.gazetteer import MARKS, WORD, Entry, Gazetteer, Sense, load_gazetteer

_JOINTS = frozenset(" -'.")
_ABBREVIATED = 2
_STEM = 3
_NEAR = 14


@dataclass(slots=True, unsafe_hash=True)
class Place:
    """A country, people or city as printed: text[start:end] (of "للرياض" the text is "الرياض"); `countries` are ISO
    3166-1 alpha-3 codes.

    A compound ("algéro-nigérienne") gives its countries in printed order, an ambiguous form all that it may stand for,
    the likeliest first.
    """

    start: int
    end: int
    text: str
    kind: Literal["country", "demonym", "compound", "city"]
    countries: tuple[str, ...]
    is_capital: bool = False
    is_ambiguous: bool = False


def find_places(text: str, language: str | None, folded: str | None = None) -> tuple[Place, ...]:
    """The places of a text in reading order, the longest form at each place; empty where we don't know the language.

    `folded` is `fold(text)`, where the caller has it. Time grows in a straight line with the text.
    """
    gazetteer = load_gazetteer(language) if language else None
    if gazetteer is None:
        return ()
    scan = _Scan(text, fold(text) if folded is None else folded, gazetteer)
    return tuple(_joined(text, list(scan.places()), language or ""))


@dataclass(frozen=True, slots=True)
class _Scan:
    text: str
    folded: str
    gazetteer: Gazetteer

    def places(self) -> Iterator[Place]:
        """One pass over the words: what a place covers is not looked at again."""
        covered = 0
        starts, words = tokens(self.folded, parts_underscores=True)
        begun = list(map(_begun_by(self.gazetteer.language).__getitem__, words))
        for start, printed, told in compress(zip(starts, words, begun, strict=True), begun):
            if told is None or start < covered or (told[1].is_capitalised and self.text[start + told[0]].islower()):
                continue
            skip, found = told
            chosen = self._longest(found, start + skip, start + len(printed), is_joined=skip > 0)
            if chosen is not None:
                covered, place = chosen
                if place is not None and not self.text.startswith("$", place.end):  # "US$500 million"
                    yield place

    def _longest(self, entry: Entry, start: int, end: int, *, is_joined: bool) -> tuple[int, Place | None] | None:
        """Where the longest form that stands here ends, and its place (None: a phrase that is no place)."""
        for sense, stop in self._forms(entry, end):
            if not self._is_written_so(sense, start, stop):
                continue
            if sense.role == "none" or (sense.cues and not self._follows_cue(sense, start)):
                return stop, None
            if sense.role == "combining":
                compound = self._compound(sense, start, stop)
                if compound is not None:
                    return compound.end, compound
                continue
            if sense.role != "demonym" and self._is_name_or_street(sense, start, stop):
                return stop, None
            if sense.is_weak and not is_joined and self._is_part_of_name(start, stop):
                return stop, None
            stop = printed_end(self.text, self.folded, stop)
            printed = self._printed(start, stop)
            return stop, Place(start, stop, printed, sense.role, sense.countries, sense.is_capital, sense.is_ambiguous)
        return None

    def _printed(self, start: int, stop: int) -> str:
        """The words of the text; with the article that Arabic writes with "to" as one doubled letter ("للرياض")."""
        is_merged = self.gazetteer.language == "ar" and start and self.folded.startswith("لل", start - 1)
        word = WORD.match(self.folded, start)
        is_merged = is_merged and not (word and word[0] in self.gazetteer.senses)  # "للندن" is of London
        return f"{'ا' if is_merged else ''}{self.text[start:stop]}"

    def _forms(self, entry: Entry, end: int) -> Iterator[tuple[Sense, int]]:
        """The forms of an entry that stand here, the longest first, each with its end."""
        begin = self._joint(end) if entry.by_second else None
        following = WORD.match(self.folded, begin) if begin is not None else None
        if following is not None:
            second = following[0] if following[0] in entry.by_second else MARKS.sub("", following[0])
            for sense in entry.by_second.get(second, ()):
                stop = self._tail_end(sense.tail[1:], following.end())
                if stop is not None:
                    yield sense, stop
        for sense in entry.alone:
            yield sense, end

    def _follows_cue(self, sense: Sense, start: int) -> bool:
        words = self.folded[max(0, start - 30) : start].split(" ")
        joined = words[-1]
        return bool(sense.cues.intersection((joined, words[-2] if len(words) > 1 and not joined else "")))

    def _tail_end(self, tail: tuple[str, ...], end: int) -> int | None:
        """The end of the form whose further words are `tail`, if they stand behind `end`, each after one joint."""
        folded = self.folded
        for word in tail:
            begin = self._joint(end)
            if begin is None or not folded.startswith(word, begin):
                return None
            end = begin + len(word)
            if end < len(folded) and (folded[end].isalnum()):
                return None
        return end

    def _joint(self, end: int) -> int | None:
        folded = self.folded
        if end >= len(folded) or folded[end] not in _JOINTS:
            return None
        if folded[end] == ".":
            is_short = end < _ABBREVIATED or not folded[end - _ABBREVIATED - 1 : end].isalpha()
            if not is_short:
                return None
            return end + 2 if folded.startswith(" ", end + 1) else end + 1
        return end + 1

    def _is_written_so(self, sense: Sense, start: int, end: int) -> bool:
        """Whether the capitals are those of the form; Arabic letters have none."""
        letter = self.text[start]
        if sense.is_upper:
            printed = self.text[start:end]
            return printed.upper() == printed and not self._is_shouted(start, end)
        return not sense.is_capitalised or letter.isupper() or not letter.islower()

    def _is_shouted(self, start: int, end: int) -> bool:
        """A short word in a line of capitals need not be an abbreviation."""
        around = WORD.findall(self.text[max(0, start - _NEAR) : start] + " " + self.text[end : end + _NEAR])
        words = [word for word in around if len(word) > _STEM and word.isalpha()]
        return bool(words) and all(word.isupper() for word in words)

    def _compound(self, sense: Sense, start: int, stop: int) -> Place | None:
        """ "algéro-" with what follows it: further combining forms and the adjective that ends it."""
        countries, is_ambiguous = list(sense.countries), False
        while self.folded.startswith("-", stop):
            following = WORD.match(self.folded, stop + 1)
            if following is None:
                return None
            last = self._second(following.group(), following.end())
            if last is None:
                is_region = following.group() in self.gazetteer.regions
                return self._ended(start, following.end(), countries, is_ambiguous) if is_region else None
            stop, ending = last
            countries.extend(ending.countries[:1] if ending.is_ambiguous else ending.countries)
            is_ambiguous |= ending.is_ambiguous
            if ending.role != "combining":
                return self._ended(start, stop, countries, is_ambiguous)
        return None

    def _second(self, word: str, end: int) -> tuple[int, Sense] | None:
        """The demonym, country or further combining form behind a combining form, with its end."""
        combining: tuple[int, Sense] | None = None
        entry = self.gazetteer.senses.get(word)
        for sense, stop in self._forms(entry, end) if entry else ():
            if sense.role in ("demonym", "country"):
                return stop, sense
            if sense.role == "combining" and self.folded.startswith("-", stop):
                combining = stop, sense
        return combining

    def _ended(self, start: int, end: int, countries: list[str], is_ambiguous: bool) -> Place:
        unique = tuple(dict.fromkeys(countries))
        return Place(start, end, self.text[start:end], "compound", unique, is_ambiguous=is_ambiguous)

    def _is_name_or_street(self, sense: Sense, start: int, end: int) -> bool:
        """ "M. Jordan", "Jordan" before a family name, "rue de Paris"."""
        before = self.folded[max(0, start - 30) : start].replace("'", " ").split()[-2:]
        *_, second, last = "", "", *(word.strip('.,;:()«»"') for word in before)
        streets = self.gazetteer.streets
        if last in self.gazetteer.honorifics or last in streets or (len(last) <= _STEM and second in streets):
            return True
        if sense.tail:
            return False
        word = self.folded[start:end]
        if word in self.gazetteer.given_names and self._is_capitalised_behind(end) and not self._follows_small(start):
            return True
        return word in self.gazetteer.surnames and self._follows_given_name(start)

    def _is_part_of_name(self, start: int, end: int) -> bool:
        """Whether a small city's name stands among other capitalised words, or, where letters have no case, uncued."""
        if self.gazetteer.city_cues:
            words = self.folded[max(0, start - 30) : start].split(" ")
            return len(words) < 2 or bool(words[-1]) or words[-2] not in self.gazetteer.city_cues
        text = self.text
        if text[start:end].isupper():
            return False
        before = text[max(0, start - 20) : start]
        previous = before.split()[-1] if before.endswith(" ") and before.strip() else ""
        if previous[:1].isupper() and previous.isalpha() and self._is_no_sentence_start(start, previous):
            return True
        return not previous[:1].islower() and self._is_capitalised_behind(end)

    def _is_no_sentence_start(self, start: int, previous: str) -> bool:
        before = self.text[max(0, start - len(previous) - 4) : start - len(previous) - 1].rstrip()
        return bool(before) and before[-1] not in ".:;!?\n-–—»("

    def _is_capitalised_behind(self, end: int) -> bool:
        return self.text[end : end + 1] == " " and self.text[end + 1 : end + 2].isupper()

    def _follows_small(self, start: int) -> bool:
        """Whether a word in small letters stands before, as in "à Paris"."""
        before = self.text[max(0, start - 20) : start].split()
        return bool(before) and before[-1][-1:].islower() and before[-1].islower()

    def _follows_given_name(self, start: int) -> bool:
        before = self.text[max(0, start - 20) : start]
        words = before.split()
        if not before.endswith(" ") or not words or not words[-1].isalpha():
            return False
        return words[-1].istitle() and len(words) > 1 and words[-2][-1] not in ".:;!?—-»"


@cache
def _begun_by(language: str) -> Remembered[tuple[int, Entry] | None]:
    """Of each word the forms that begin with it, and how many joined particles stand before them."""
    gazetteer = load_gazetteer(language)
    senses = gazetteer.senses if gazetteer else {}

    def begun(word: str) -> tuple[int, Entry] | None:
        skip, base = _arabic_word(word, senses) if language == "ar" else (0, word)
        return (skip, senses[base]) if base in senses else None

    return Remembered(begun)


def _arabic_word(word: str, senses: Mapping[str, Entry]) -> tuple[int, str]:
    """How many letters of an Arabic word are joined particles, and the word without them, as the gazetteer has it."""
    plain = MARKS.sub("", word)
    for skip, base in _without_particles(plain):
        if base in senses and not (skip and len(base) < _STEM and senses[base].alone):
            return (skip if plain == word else 0), base
    return 0, plain


def _without_particles(word: str) -> Iterator[tuple[int, str]]:
    yield 0, word
    rest, skip = word, 0
    for particles in ("وف", "بكل"):
        if len(rest) >= _STEM and rest[0] in particles:
            if rest.startswith("لل"):
                yield skip + 1, "ال" + rest[2:]
                yield skip + 1, rest[2:]
                yield skip + 1, "ال" + rest[1:]
            rest, skip = rest[1:], skip + 1
            yield skip, rest


def _joined(text: str, places: list[Place], language: str) -> Iterator[Place]:
    """Peoples printed side by side ("Algerian-Nigerian", in Arabic also with a space) become one compound."""
    joints = {"-", "–", " - ", " – ", " "} if language == "ar" else {"-", "–"}
    at = 0
    while at < len(places):
        first, at = places[at], at + 1
        countries = list(first.countries)
        last = first
        while at < len(places) and _are_one(text, last, places[at], joints):
            last, at = places[at], at + 1
            countries.extend(last.countries)
        if last is first:
            yield first
            continue
        unique = tuple(dict.fromkeys(countries))
        ambiguous = first.is_ambiguous or last.is_ambiguous
        yield Place(first.start, last.end, text[first.start : last.end], "compound", unique, is_ambiguous=ambiguous)


def _are_one(text: str, first: Place, second: Place, joints: set[str]) -> bool:
    if first.kind != "demonym" or second.kind != "demonym" or text[first.end : second.start] not in joints:
        return False
    return first.countries != second.countries
