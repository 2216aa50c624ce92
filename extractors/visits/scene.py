"""The article as the core reads it: headline and body in one text, with its words, places, sentences and offices."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import accumulate

from extractors.text import Span, fold, joined, sentences
from extractors.visits.calendar_words import load_calendar
from extractors.visits.date_mentions import latest_day
from extractors.visits.datelines import CLEAR_DATELINE, find_dateline
from extractors.visits.dates import find_dates
from extractors.visits.document import Document
from extractors.visits.language_files import language_table
from extractors.visits.lexicon import Hit, Lexicon, WordIndex
from extractors.visits.phrases import listed
from extractors.visits.places import Place, find_places
from extractors.visits.tenses import is_name, lacks_accent
from extractors.visits.world import load_world

_INNER = re.compile(r"(?<=[\w,] )[^\W\d_a-zß-öø-ÿ][\w’'-]*")
_NOUNS = frozenset({"visit_of", "in_visit", "session", "invite_by"})
_TWINS = 2
_LISTED, _LINK = 16, 3
_QUOTE, _CLAUSE = 2, 110
_UNDOTTED = re.compile(r"\s(?:فى|التى|الذى)\s")
_PART = "\n\n"
_HEAD = 300
_BEHIND_DATELINE = re.compile(r"[^\n]{0,60}?(?:[-–—]\s+|\n)")
GATHERINGS = frozenset({"USA", "CHE"})
"""The states with a city that is no capital and sees the world's ministers meet."""
_FIRST_PARTICIPLE = re.compile(r"\w+é(?:e|s|es)?(?!\w)")
"""Folded it is a present tense: "entamé dimanche"."""


@dataclass(frozen=True)
class Scene:
    """Headline and body in one text: offsets below `shift` lie in the headline, `offset - shift` is one of the body."""

    document: Document
    lexicon: Lexicon

    @cached_property
    def shift(self) -> int:
        return len(self.document.headline) + len(_PART) if self.document.headline else 0

    @cached_property
    def text(self) -> str:
        return f"{self.document.headline}{_PART}{self.document.text}" if self.shift else self.document.text

    @cached_property
    def folded(self) -> str:
        return joined(fold(self.text[: self.shift]), self.document.folded)

    @cached_property
    def word_index(self) -> WordIndex:
        return self.lexicon.index_phrases(self.folded)

    @cached_property
    def place_cases(self) -> dict[int, str | None]:
        """How places stand, remembered by `case_of_place`."""
        return {}

    @cached_property
    def pairs(self) -> list[list[tuple[int, frozenset[str]]]]:
        """Where two states are told as one: a list within, once `pairs.py` was asked for it."""
        return []

    @cached_property
    def first_told(self) -> dict[str, int]:
        """Where each state is told first."""
        return {state: place.start for place in reversed(self.places) for state in place.countries}

    @cached_property
    def seeing(self) -> dict[int, bool]:
        """Whether somebody goes to see a site in a sentence, remembered by `cities_of` for all its trips."""
        return {}

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """All sentences in order; the headline's come first."""
        shift = self.shift
        body = (Span(span.start + shift, span.end + shift) for span in self.document.sentences)
        return (*sentences(self.text[:shift]), *body)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [span.start for span in self.sentences]

    def sentence_number(self, offset: int) -> int:
        """The place of the sentence that holds an offset in `sentences`."""
        behind = bisect_right(self._sentence_starts, offset)
        return behind - 1 if behind else 0

    @cached_property
    def cues(self) -> list[Hit]:
        """The constructions of visits in reading order."""
        hits = self.lexicon.cues.scan(self.folded, self.word_index)
        return [self._as_participle(hit) for hit in hits if not self._is_name(hit)]

    def _as_participle(self, hit: Hit) -> Hit:
        """ "Arrivée lundi à Tunis, la ministre …": what opens a sentence of the body, up to a comma, is no noun there
        but where its owner follows it ("Arrivée du ministre à Tunis, hier")."""
        if hit.label != "visit_of" or hit.start < self.shift:
            return hit
        start, end = self.sentences[self.sentence_number(hit.start)]
        opening = _opening_participle(self.lexicon.language).match(self.folded, hit.start, end)
        if opening is None or hit.start - start > _QUOTE:
            return hit
        is_owned = any(hit.end <= office.start < opening.end() for office in self.office_hits)
        return hit if is_owned else hit._replace(label="arrive")

    def _is_name(self, hit: Hit) -> bool:
        """ "Stéphane Séjourné": a verb with a capital inside a sentence is somebody's name."""
        if not self.lexicon.has_capitals or hit.start < self.shift or hit.label in _NOUNS:
            return False
        return (
            self.text[hit.start].isupper()
            and self.text[max(0, hit.start - 1) : hit.start] == " "
            and (self.text[max(0, hit.start - 2) : hit.start - 1].isalpha())
            and not self.text[hit.start : hit.end].isupper()
        )

    @cached_property
    def office_hits(self) -> list[Hit]:
        """The words of office, in reading order."""
        return self.lexicon.offices.scan(self.folded, self.word_index)

    @cached_property
    def kind_hits(self) -> tuple[Hit, ...]:
        """The printed labels of visits, in reading order."""
        return tuple(self.lexicon.kinds.scan(self.folded, self.word_index))

    @cached_property
    def status_hits(self) -> tuple[Hit, ...]:
        """What the article prints of how visits stand, in reading order."""
        hits = self.lexicon.status.scan(self.folded, self.word_index)
        return tuple(h for h in hits if h.label != "coming" or not _FIRST_PARTICIPLE.match(self.text, h.start))

    @cached_property
    def occasion_hits(self) -> tuple[Hit, ...]:
        """What the article prints of summits, ceremonies and fairs, in reading order."""
        return tuple(self.lexicon.occasion.scan(self.folded, self.word_index))

    @cached_property
    def multilateral_sentences(self) -> frozenset[int]:
        """Sentences that speak of a summit, a conference, an assembly."""
        return frozenset(self.sentence_number(h.start) for h in self.occasion_hits if h.label == "multilateral_event")

    @cached_property
    def against(self) -> tuple[Hit, ...]:
        """What speaks against a visit, in reading order."""
        return tuple(self.lexicon.against.scan(self.folded, self.word_index))

    @cached_property
    def cue_starts(self) -> frozenset[int]:
        return frozenset(cue.start for cue in self.cues)

    @cached_property
    def cue_sentences(self) -> frozenset[int]:
        """The sentences in which something is told of a visit."""
        return frozenset(self.sentence_number(cue.start) for cue in self.cues)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Places in reading order, seats of power among them; of two possible states the one named elsewhere."""
        printed = find_places(self.text, self.lexicon.language, self.folded)
        starts, ends = {p.start for p in printed}, {p.end for p in printed}
        found = [self._as_written_at(p) for p in printed if not self._is_half_a_name(p, starts, ends)]
        sure = {c for p in found for c in p.countries if len(p.countries) == 1 or p.kind == "compound"}
        sure |= self._first_of_two(found, sure)
        found = [_as_held(p, found) for p in found] if sure & load_world().holders.keys() else found
        plain = [_resolved(self._beside_twin(place, found), sure) for place in found]
        taken = {place.start for place in plain}
        seats = [s for s in self.seats if s.start not in taken]
        return tuple(sorted(plain + seats, key=lambda place: place.start)) if seats else tuple(plain)

    def _beside_twin(self, place: Place, found: Sequence[Place]) -> Place:
        """ "au Congo et en République démocratique du Congo": of two states the one that is not listed beside it."""
        if not place.is_ambiguous or place.kind != "country" or len(place.countries) != _TWINS:
            return place
        states = (p for p in found if p.kind == "country" and len(p.countries) == 1)
        listed = {p.countries for p in states if p.countries[0] in place.countries and _are_listed(self, place, p)}
        return replace(place, countries=tuple(c for c in place.countries if (c,) not in listed)) if listed else place

    def _first_of_two(self, found: Sequence[Place], sure: set[str]) -> set[str]:
        """ "le Congo", where nothing says which: in French that of Brazzaville, whose people
        "le ministre congolais" then is too."""
        if not language_table(self.lexicon.language, "words").get("first_of_two_states"):
            return set()
        peoples = {frozenset(p.countries) for p in found if p.kind == "demonym" and len(p.countries) == _TWINS}
        states = (p.countries for p in found if p.kind == "country" and frozenset(p.countries) in peoples)
        return {first for first, second in states if sure.isdisjoint((first, second))}

    def _is_half_a_name(self, place: Place, starts: set[int], ends: set[int]) -> bool:
        """ "Okoro-Bello": a town's name joined to a word that is no place."""
        before, after = self.text[max(0, place.start - 2) : place.start], self.text[place.end : place.end + 2]
        follows = before[-1:] == "-" and before[:1].isalpha() and place.start - 1 not in ends
        leads = after[:1] == "-" and after[1:].isupper() and place.end + 1 not in starts
        leads = leads and not self.lexicon.town_case.search(self.folded, max(0, place.start - 12), place.start)
        return place.kind == "city" and (follows or leads)

    def _as_written_at(self, place: Place) -> Place:
        """A state that is written as another one's capital is that capital where it opens the text."""
        is_late = place.start < self.shift or self.text[self.shift : place.start].strip(" *(") != ""
        if not place.is_ambiguous or not place.is_capital or is_late:
            return place
        city = load_world().city(place.text)
        is_dateline = CLEAR_DATELINE.match(self.text[place.end : place.end + 60])
        return replace(place, countries=(city,), is_ambiguous=False) if city and is_dateline else place

    @cached_property
    def seats(self) -> list[Place]:
        """ "l'Élysée", "la Maison-Blanche": a seat of power says in which state one is received."""
        hits = self.lexicon.seats.scan(self.folded, self.word_index)
        return [Place(h.start, h.end, self.text[h.start : h.end], "country", (h.label,)) for h in hits]

    def looks_ahead(self, start: int, end: int) -> bool:
        """Whether a word of the future stands in a stretch."""
        found = self.lexicon.future.finditer(self.folded, start, end)
        told = (word for word in found if not is_name(self.text, word.start()))
        calendar = load_calendar(self.lexicon.language)
        return any(
            calendar is None or not lacks_accent(calendar, word.group(), self.text[word.start() : word.end()])
            for word in told
        )

    @cached_property
    def opens_with_gathering(self) -> bool:
        """Whether the headline, the first sentence of the body or the next one tells of a gathering of many."""
        return not self.multilateral_sentences.isdisjoint(self.opening_sentences)

    @property
    def opening_sentences(self) -> range:
        """The numbers of the headline's sentences, of the body's first one and of the next."""
        return range(self.sentence_number(self.shift) + 2)

    def sentences_against(self, label: str) -> set[int]:
        """The numbers of the sentences with words of one kind that speak against a visit."""
        return {self.sentence_number(h.start) for h in self.against if h.label == label}

    @cached_property
    def dateline(self) -> Place | None:
        """Where the article says it was written."""
        city, ground = self.document.article.dateline_city, self.lexicon.ground
        return find_dateline(self.text, self.folded, self.shift, self.places, city, ground)

    @cached_property
    def written_on(self) -> str | None:
        """The day of publication; where none is told, the latest day with its year that the text's head prints."""
        if self.document.published_on:
            return self.document.published_on
        told = find_dates(self.document.text[:_HEAD], self.lexicon.language, None, self.document.folded[:_HEAD])
        return latest_day(told, (Span(0, _HEAD),))

    @cached_property
    def _behind_dateline(self) -> int:
        told = _BEHIND_DATELINE.match(self.text, self.dateline.end) if self.dateline else None
        return told.end() if told else self.shift

    def opening_of(self, sentence: Span) -> int:
        """Where a sentence's own words begin: "NIAMEY, 12 mars - Reçu par le président, le ministre"."""
        at = self._behind_dateline
        return at if sentence.start < at < sentence.end else sentence.start

    @cached_property
    def place_at(self) -> Mapping[int, Place]:
        """Places by where they begin."""
        return {place.start: place for place in self.places}

    def is_inside_place(self, offset: int) -> bool:
        """Whether an offset lies within a place, where no other word begins: "Nur-Sultan"."""
        starts, reach = self._places_reach
        before = bisect_left(starts, offset)
        return before > 0 and offset < reach[before - 1]

    def has_place_between(self, start: int, end: int) -> bool:
        """Whether a place begins in a stretch."""
        starts = self._places_reach[0]
        first = bisect_left(starts, start)
        return first < len(starts) and starts[first] < end

    def places_between(self, start: int, end: int) -> Sequence[Place]:
        """The places that begin in a stretch."""
        starts = self._places_reach[0]
        first = bisect_left(starts, start)
        return self.places[first : bisect_left(starts, end, first)]

    def has_place_over(self, start: int, end: int) -> bool:
        """Whether a place shares a character with a stretch."""
        starts, reach = self._places_reach
        before = bisect_left(starts, end)
        return before > 0 and start < reach[before - 1]

    @cached_property
    def _places_reach(self) -> tuple[list[int], list[int]]:
        """Where places begin, and how far the places up to each of them reach."""
        return [p.start for p in self.places], list(accumulate((p.end for p in self.places), max))

    def forget_places_in(self, names: Iterable[Span]) -> None:
        """Of "Moussa Aden Bouh" no town is told: once names are known, the places inside them are none."""
        inside = {place for name in names for place in self.places_between(name.start, name.end)}
        if inside:
            kept = tuple(place for place in self.places if place not in inside)
            for known in ("_places_reach", "place_at", "place_ending"):
                self.__dict__.pop(known, None)
            self.__dict__["places"] = kept

    @cached_property
    def place_ending(self) -> Mapping[int, Place]:
        """Places by where they end."""
        return {place.end: place for place in self.places}

    @cached_property
    def headline_shouts(self) -> bool:
        """True for a headline in which most words begin with a capital, so that capitals mark no names."""
        words = [w for w in self.text[: self.shift].split() if w[:1].isalpha()]
        return len(words) > 2 and sum(w[0].isupper() for w in words) * 10 >= len(words) * 7

    @cached_property
    def body_names(self) -> frozenset[str]:
        """The body's words with a capital that stand inside a sentence, folded."""
        return frozenset(self.folded[m.start() : m.end()] for m in _INNER.finditer(self.text, self.shift))

    @cached_property
    def is_undotted(self) -> bool:
        """True where the paper prints no dots under a final ya, so that Ali is written as "on" is."""
        return _UNDOTTED.search(self.text) is not None

    def in_headline(self, offset: int) -> bool:
        return offset < self.shift


def _as_held(place: Place, places: Sequence[Place]) -> Place:
    """A town of a disputed land in a text that names the state which holds it, and nowhere the land itself."""
    holder = load_world().holders.get(place.countries[0]) if place.kind == "city" else None
    if holder is None or any(p.kind != "city" and place.countries[0] in p.countries for p in places):
        return place
    return replace(place, countries=(holder,)) if any(holder in p.countries for p in places) else place


def _resolved(place: Place, sure: set[str]) -> Place:
    """Of two states the one that is named elsewhere ("congolais" and "Brazzaville"), else the likeliest."""
    if not place.is_ambiguous or len(place.countries) < 2:
        return place
    named = [c for c in place.countries if c in sure]
    if place.kind == "city":
        of_first = place.is_capital or place.countries[0] in sure or len(named) != 1
        return replace(place, countries=(place.countries[0] if of_first else named[0],), is_ambiguous=False)
    if len(place.countries) <= _TWINS and len(named) != 1:
        return place
    chosen = place.countries[0] if len(place.countries) > _TWINS else named[0]
    return replace(place, countries=(chosen,), is_ambiguous=False)


@cache
def _opening_participle(language: str) -> re.Pattern[str]:
    participles, owners = (listed(language, key) for key in ("opening_participles", "owners"))
    return re.compile(rf"(?:{participles})(?! (?:{owners})(?!\w))[^,;:]{{1,{_CLAUSE}}}, ")


def _are_listed(scene: Scene, one: Place, other: Place) -> bool:
    """Whether nothing but short words, as those of a list are, stands between two places: "au A et en B"."""
    first, second = sorted((one, other), key=lambda p: p.start)
    between = scene.folded[first.end : second.start]
    return 0 < len(between) <= _LISTED and all(len(word) <= _LINK for word in between.split())


def country_of(place: Place | None) -> str | None:
    """The state of a place, where it is one."""
    return place.countries[0] if place and len(place.countries) == 1 else None


def dateline_place(scene: Scene) -> Place | None:
    """The place where the article says it was written: before the first dash of the body."""
    return scene.dateline
