"""The states of the world: their names, codes with the years in which they hold, capitals and cities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from extractors.errors import SourceError
from extractors.registry import packaged, read_csv
from extractors.text import fold

LANGUAGES = ("fr", "en", "ar", "es", "pt")
_DOUBLED = "\u0651"
"""The Arabic sign of a doubled letter."""


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory; `valid_from` and `valid_to` bound the state of this code (ISO day, None = open)."""

    iso3: str
    iso2: str
    sovereign: str | None
    """iso3 of the state that a territory belongs to; None for states."""
    capital: str | None
    valid_from: str | None
    valid_to: str | None


@dataclass(frozen=True, slots=True)
class Codes:
    """One country in the code lists of other data sets; None where a list has no code on that day."""

    iso3: str
    iso2: str
    cow: int | None = None
    """Correlates of War, state system membership."""
    gw: int | None = None
    """Gleditsch and Ward."""
    fips: str | None = None
    """FIPS 10-4."""
    cameo: str | None = None


@dataclass(frozen=True, slots=True)
class NameForm:
    """One printed name of a country in one language, with the days between which it was in use."""

    iso3: str
    language: str
    form: str
    kind: str
    """cldr, short, official or historical."""
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True)
class City:
    """A city with all its printed names; `population` decides between cities of one name."""

    name: str
    iso3: str
    is_capital: bool
    population: int
    names: tuple[str, ...]
    is_told: bool = False
    """Whether our own table `exonyms.csv` has it."""


@dataclass(frozen=True)
class World:
    """What the tables of `world/` hold; made once by `load_world`."""

    countries: Mapping[str, Country]
    forms: tuple[NameForm, ...]

    def country(self, iso3: str) -> Country:
        """Raises KeyError for a code that is none."""
        return self.countries[iso3]

    def state(self, iso3: str) -> str:
        """The state that answers for a country: itself, or the sovereign of a territory."""
        return self.countries[iso3].sovereign or iso3 if iso3 in self.countries else iso3

    @cached_property
    def holders(self) -> Mapping[str, str]:
        """Of disputed lands the state whose press tells of guests in their towns as of its own."""
        return {row["iso3"]: row["holder"] for row in read_csv(packaged("world", "held.csv"))}

    @cached_property
    def speakers(self) -> Mapping[str, frozenset[str]]:
        """By language the states in which it is official, as CLDR tells."""
        rows = read_csv(packaged("world", "spoken.csv"))
        return {lang: frozenset(row["iso3"] for row in rows if row["language"] == lang) for lang in LANGUAGES}

    def name(self, iso3: str, language: str) -> str | None:
        """The name that CLDR prints, else our first short one."""
        return self._printed.get((iso3, language))

    def codes(self, iso3: str, on: str | None = None) -> Codes:
        """The codes of other data sets on a day (ISO; None: today's). Raises KeyError for no country."""
        country = self.countries[iso3]
        found: dict[str, str] = {}
        for row in self._codes.get(iso3, ()):
            if _holds(on, row["valid_from"], row["valid_to"]):
                found[row["list"]] = row["code"]
        cow, gw = (_number(found.get(name)) for name in ("cow", "gw"))
        return Codes(iso3, country.iso2, cow, gw, found.get("fips"), found.get("cameo"))

    def code_rows(self, iso3: str) -> list[dict[str, str | None]]:
        """All its codes in other lists, with the days between which they hold; None = open."""
        return [
            {name: row[name] or None for name in ("list", "code", "valid_from", "valid_to")}
            for row in self._codes.get(iso3, ())
        ]

    def city(self, name: str) -> str | None:
        """iso3 of the largest city of that name in any of our languages; None where we know none."""
        found = self.town(name)
        return found.iso3 if found else None

    def town(self, name: str) -> City | None:
        """The largest city of that name in any of our languages; None where we know none."""
        is_doubled = _DOUBLED in name  # the town "عمّان", not the state "عُمان": folded, either sign is a space behind
        return self._cities_by_name.get(fold(name).rstrip() if is_doubled else fold(name))

    def is_capital(self, name: str) -> bool:
        """Whether a name is that of a capital."""
        found = self._cities_by_name.get(fold(name))
        return bool(found and found.is_capital)

    @cached_property
    def cities(self) -> tuple[City, ...]:
        """Capitals first, then by population."""
        exonyms: dict[tuple[str, str], list[str]] = {}
        for row in read_csv(packaged("world", "exonyms.csv")):
            exonyms.setdefault((row["iso3"], fold(row["name"])), []).extend((row["name"], *_parts(row["names"])))
        rows = read_csv(packaged("world", "cities.csv"))
        cities = [_city(row, exonyms.pop((row["iso3"], fold(row["name"])), [])) for row in rows]
        added = [self._added(iso3, names) for (iso3, _), names in exonyms.items()]
        return (*cities, *added)

    def _added(self, iso3: str, names: list[str]) -> City:
        """A city that the generated table does not hold."""
        is_capital = fold(self.countries[iso3].capital or "") == fold(names[0])
        return City(names[0], iso3, is_capital, 0, tuple(dict.fromkeys(names)), True)

    @cached_property
    def _cities_by_name(self) -> Mapping[str, City]:
        found: dict[str, City] = {}
        for city in self.cities:
            for name in city.names:
                found.setdefault(fold(name), city)
        return found

    @cached_property
    def _codes(self) -> Mapping[str, list[dict[str, str]]]:
        found: dict[str, list[dict[str, str]]] = {}
        for row in read_csv(packaged("world", "codes.csv")):
            found.setdefault(row["iso3"], []).append(row)
        return found

    @cached_property
    def _printed(self) -> Mapping[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for form in self.forms:
            if form.kind != "historical":
                found.setdefault((form.iso3, form.language), form.form)
        return found


@cache
def load_world() -> World:
    """The world, loaded once; names at once, cities and codes when first asked for. Raises SourceError."""
    try:
        countries = {row["iso3"]: _country(row) for row in read_csv(packaged("world", "countries.csv"))}
        cldr = read_csv(packaged("world", "names_cldr.csv"))
        generated = (NameForm(row["iso3"], row["language"], row["form"], "cldr") for row in cldr)
        own = (_form(row) for row in read_csv(packaged("world", "names.csv")))
        return World(countries, (*generated, *own))
    except KeyError as error:
        raise SourceError(f"world/*.csv: a column {error} was looked for; see extractors/world/README.md") from error


def _country(row: Mapping[str, str]) -> Country:
    return Country(
        iso3=row["iso3"],
        iso2=row["iso2"],
        sovereign=row["sovereign"] or None,
        capital=row["capital"] or None,
        valid_from=row["valid_from"] or None,
        valid_to=row["valid_to"] or None,
    )


def _form(row: Mapping[str, str]) -> NameForm:
    return NameForm(
        row["iso3"], row["language"], row["form"], row["kind"], row["valid_from"] or None, row["valid_to"] or None
    )


def _city(row: Mapping[str, str], exonyms: list[str]) -> City:
    names = dict.fromkeys((row["name"], *_parts(row["latin"]), *_parts(row["arabic"]), *exonyms))
    return City(row["name"], row["iso3"], row["is_capital"] == "1", int(row["population"]), tuple(names), bool(exonyms))


def _parts(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _holds(on: str | None, first: str, last: str) -> bool:
    """Without a day, what is still in use."""
    return not last if on is None else (first or "0") <= on <= (last or "9")


def _number(code: str | None) -> int | None:
    return int(code) if code else None


def load_states() -> list[dict[str, Any]]:
    """Every state and territory as a plain row, for an archive that knows no tables of ours.

    Keys: iso3, iso2, sovereign, name_fr, name_en, name_ar, valid_from and valid_to of the state, and `codes`: rows of
    list (cow, gw, fips, cameo), code, valid_from, valid_to (ISO days; None = open)."""
    world = load_world()
    return [
        {
            "iso3": country.iso3,
            "iso2": country.iso2,
            "sovereign": country.sovereign,
            **{f"name_{language}": world.name(country.iso3, language) for language in ("fr", "en", "ar")},
            "valid_from": country.valid_from,
            "valid_to": country.valid_to,
            "codes": world.code_rows(country.iso3),
        }
        for country in world.countries.values()
    ]
