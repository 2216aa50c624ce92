"""The names of one language's places, as an index from their first word, made once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from extractors.registry import packaged, read_csv, read_toml
from extractors.text import fold
from extractors.visits.world import City, NameForm, World, load_world

Role = Literal["country", "demonym", "city", "combining", "none"]
WORD = re.compile(r"[^\W_]+(?:[ً-ْـ]+[^\W_]*)*")
MARKS = re.compile(r"[ً-ْـ]")
LATIN = ("fr", "en", "es", "pt")
_NOTHING: Mapping[str, tuple[Sense, ...]] = {}
_ROLES: tuple[Role, ...] = ("country", "demonym", "city", "combining", "none")


@dataclass(frozen=True, slots=True)
class Sense:
    """One printed form: the words behind its first one, and what it stands for."""

    tail: tuple[str, ...]
    role: Role
    countries: tuple[str, ...]
    is_capital: bool = False
    is_ambiguous: bool = False
    is_upper: bool = False
    """An abbreviation: all letters are capitals in print."""
    is_capitalised: bool = True
    cues: frozenset[str] = frozenset()
    """Words one of which must stand before the form; empty: none need to."""
    is_weak: bool = False
    """A city that is no capital and not in our own table: as often a family name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """All forms that begin with one word."""

    alone: tuple[Sense, ...]
    by_second: Mapping[str, tuple[Sense, ...]]
    """Of several words, by their second one, the longest first."""
    is_capitalised: bool
    """True where all of them begin with a capital in print."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All forms of one language by first word, longest first, and its words of context (all folded)."""

    language: str
    senses: Mapping[str, Entry]
    city_cues: frozenset[str]
    regions: frozenset[str]
    streets: frozenset[str]
    honorifics: frozenset[str]
    given_names: frozenset[str]
    surnames: frozenset[str]


@cache
def load_gazetteer(language: str) -> Gazetteer | None:
    """The gazetteer of a language; None where `languages/world/` has no file of it. Raises SourceError."""
    path = packaged("languages", "world", f"{language}.toml")
    if not path.exists():
        return None
    told = read_toml(path)["places"]
    return Gazetteer(
        language,
        _index(_senses(language, told, load_world())),
        *(_folded(told[key]) for key in ("city_cues", "regions", "streets", "honorifics", "given_names", "surnames")),
    )


def words_of(form: str) -> tuple[str, ...]:
    """The folded words of a form, without Arabic vowel marks."""
    return tuple(MARKS.sub("", word) for word in WORD.findall(fold(form)))


def _folded(words: Sequence[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def _index(senses: Iterable[tuple[str, Sense]]) -> dict[str, Entry]:
    """Of one form the first sense told stays; a combining form, and "suisse" beside "Suisse", stand beside others."""
    found: dict[str, dict[tuple[tuple[str, ...], bool, bool], Sense]] = {}
    for first, sense in senses:
        found.setdefault(first, {}).setdefault((sense.tail, sense.role == "combining", sense.is_capitalised), sense)
    return {first: _entry(kept.values()) for first, kept in found.items()}


def _entry(senses: Iterable[Sense]) -> Entry:
    kept = list(senses)
    is_capitalised = all(sense.is_capitalised or sense.is_upper for sense in kept)
    if len(kept) == 1 and not kept[0].tail:
        return Entry((kept[0],), _NOTHING, is_capitalised)
    by_second: dict[str, list[Sense]] = {}
    for sense in sorted(kept, key=_longest_first):
        by_second.setdefault(sense.tail[0] if sense.tail else "", []).append(sense)
    alone = tuple(by_second.pop("", ()))
    return Entry(alone, {second: tuple(longest) for second, longest in by_second.items()}, is_capitalised)


def _longest_first(sense: Sense) -> tuple[int, bool, int]:
    return -len(sense.tail), sense.role != "none", _ROLES.index(sense.role)


def _senses(language: str, told: Mapping[str, Any], world: World) -> Iterator[tuple[str, Sense]]:
    for phrase in told["not_places"]:
        yield from _sense(phrase, "none", (), is_capitalised=False)
    yield from _countries(language, told, world)
    yield from _demonyms(language, told)
    yield from _cities(told, world)
    if language in LATIN:
        yield from _combining(language)


def _sense(form: str, role: Role, countries: tuple[str, ...], **more: Any) -> Iterator[tuple[str, Sense]]:
    first, *tail = words_of(form) or ("",)
    if first:
        yield first, Sense(tuple(tail), role, countries, **more)


def _by_form(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Form -> the countries that bear it, in the order told."""
    found: dict[str, dict[str, None]] = {}
    for form, iso3 in pairs:
        found.setdefault(form, {})[iso3] = None
    return {form: tuple(countries) for form, countries in found.items()}


def _countries(language: str, told: Mapping[str, Any], world: World) -> Iterator[tuple[str, Sense]]:
    forms: Iterable[NameForm] = (form for form in world.forms if form.language == language)
    ambiguous = _ambiguous(language)
    seats = [city for city in world.cities if city.is_capital] if told.get("capitals_are_states") else []
    capitals = {(fold(name), city.iso3) for city in seats for name in city.names}
    for form, countries in _by_form((form.form, form.iso3) for form in forms).items():
        doubt = ambiguous.get(MARKS.sub("", form), _CERTAIN)
        yield from _sense(
            form,
            "country",
            tuple(dict.fromkeys((*countries, *doubt.others))),
            is_capital=any((fold(MARKS.sub("", form)), iso3) in capitals for iso3 in (*countries, *doubt.others)),
            is_ambiguous=len(countries) > 1 or doubt is not _CERTAIN,
            is_upper=language != "ar" and form.upper() == form,
            cues=doubt.cues,
        )


@dataclass(frozen=True, slots=True)
class _Doubt:
    """What else a form may stand for, and the words that must stand before it to be taken for a place at all."""

    others: tuple[str, ...]
    cues: frozenset[str]


_CERTAIN = _Doubt((), frozenset())


@cache
def _ambiguous(language: str) -> Mapping[str, _Doubt]:
    rows = read_csv(packaged("world", "ambiguous.csv"))
    return {
        row["form"]: _Doubt(tuple(row["others"].split()), _folded(row["cues"].split()))
        for row in rows
        if row["language"] == language
    }


def _demonyms(language: str, told: Mapping[str, Any]) -> Iterator[tuple[str, Sense]]:
    ambiguous = _ambiguous(language)
    rows = read_csv(packaged("world", "demonyms.csv"))
    for form, countries in _by_form((form, row["iso3"]) for row in rows for form in _cell(row, language)).items():
        doubt = ambiguous.get(form.lstrip("+"), _CERTAIN)
        together = tuple(dict.fromkeys((*countries, *doubt.others)))
        is_ambiguous = len(countries) > 1 or form.lstrip("+") in ambiguous
        for inflected in _inflected(form, told["inflections"], told.get("article", "")):
            yield from _sense(
                inflected,
                "demonym",
                together,
                is_ambiguous=is_ambiguous,
                is_capitalised=not told["demonyms_are_lower_case"],
                cues=doubt.cues,
            )


def _inflected(form: str, inflections: Sequence[Sequence[str]], article: str) -> Iterator[str]:
    """All forms of a masculine singular; a form written with + is its only one.

    Of several words the last is inflected; where the language joins an article to its words, all of them are, alike.
    """
    if form.startswith("+"):
        yield form[1:]
        return
    words = form.split() if article else [form]
    rows = [next((row for row in inflections if word.endswith(row[0])), ("", "")) for word in words]
    for endings in zip(*(row[1:] for row in rows), strict=False):
        inflected = [w.removesuffix(row[0]) + end for w, row, end in zip(words, rows, endings, strict=True)]
        yield " ".join(inflected)
        if article:
            yield " ".join(article + word for word in inflected)


def _cities(told: Mapping[str, Any], world: World) -> Iterator[tuple[str, Sense]]:
    """Cities by name; one of our own table or larger comes first, and its namesakes of other states behind it."""
    refused = _folded(told["not_cities"])
    named: dict[str, list[City]] = {}
    for city in world.cities:
        for name in city.names:
            named.setdefault(name, []).append(city)
    for name, cities in named.items():
        if fold(name) not in refused:
            first, *others = sorted(cities, key=lambda c: (not c.is_capital, not c.is_told))
            yield from _sense(
                name,
                "city",
                tuple(dict.fromkeys((first.iso3, *(c.iso3 for c in others)))),
                is_capital=first.is_capital,
                is_ambiguous=any(c.iso3 != first.iso3 for c in others),
                is_weak=not (first.is_capital or first.is_told),
            )


def _combining(language: str) -> Iterator[tuple[str, Sense]]:
    for row in read_csv(packaged("world", "combining.csv")):
        for form in _cell(row, language):
            yield from _sense(form, "combining", (row["iso3"],), is_capitalised=False)


def _cell(row: Mapping[str, str], language: str) -> list[str]:
    return [part for part in (row.get(language) or "").split("|") if part]
