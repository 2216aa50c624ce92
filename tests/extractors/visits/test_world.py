"""The states of the world: codes with their years, territories, disputed places, and that all tables hold together."""

import csv
import time

import pytest

from extractors.registry import packaged, read_csv
from extractors.visits.gazetteer import load_gazetteer
from extractors.visits.places import find_places
from extractors.visits.world import LANGUAGES, Codes, load_world

WORLD = load_world()


def test_codes_of_other_lists():
    assert WORLD.codes("NER") == Codes("NER", "NE", 436, 436, "NG", "NER")
    assert WORLD.codes("DZA").fips == "AG"
    with pytest.raises(KeyError):
        WORLD.codes("XXX")


@pytest.mark.parametrize(
    ("iso3", "on", "cow", "gw"),
    [
        ("DEU", "1985-01-01", 260, 260), ("DEU", "2020-01-01", 255, 260), ("CZE", "1980-01-01", 315, 315), ("CZE", None, 316, 316),
        ("YEM", "1985-01-01", 678, 678), ("YEM", None, 679, 678), ("SSD", "2010-01-01", None, None), ("SSD", None, 626, 626),
        ("SRB", "2000-01-01", 345, 345), ("SRB", None, 345, 340), ("PSE", None, None, None), ("ESH", None, None, None), ("VAT", None, None, None),
        ("TWN", None, 713, 713), ("XKX", None, 347, 347), ("DZA", "1950-01-01", None, None),
    ],
)  # fmt: skip
def test_codes_hold_in_their_years(iso3, on, cow, gw):
    codes = WORLD.codes(iso3, on)
    assert (codes.cow, codes.gw) == (cow, gw)


def test_territories_belong_to_states():
    assert WORLD.state("REU") == "FRA"
    assert WORLD.state("MLI") == "MLI"
    assert {c.sovereign for c in WORLD.countries.values()} - {None} <= set(WORLD.countries)


def test_disputed_lands_are_held_by_states():
    assert WORLD.holders["ESH"] == "MAR"
    assert set(WORLD.holders.values()) <= {iso3 for iso3, country in WORLD.countries.items() if not country.sovereign}


@pytest.mark.parametrize(
    "table", ["names", "names_cldr", "demonyms", "combining", "cities", "exonyms", "codes", "held"]
)
def test_every_row_is_of_a_known_country(table):
    rows = read_csv(packaged("world", f"{table}.csv"))
    assert rows
    assert {row["iso3"] for row in rows} <= set(WORLD.countries)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_is_found_by_its_name(language):
    missing = []
    for iso3, country in WORLD.countries.items():
        name = WORLD.name(iso3, language)
        if country.sovereign or iso3 in {"ATA"} or name is None:
            continue
        if not any(iso3 in place.countries for place in find_places(f"{_LEAD[language]} {name}.", language)):
            missing.append((iso3, name))
    assert not missing


_LEAD = {"fr": "en", "en": "in", "ar": "في", "es": "en", "pt": "em"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_a_people(language):
    column = {
        row["iso3"]: row[language] for row in csv.DictReader(packaged("world", "demonyms.csv").open(encoding="utf-8"))
    }
    states = {iso3 for iso3, country in WORLD.countries.items() if not country.sovereign} - {"ATA"}
    without = {"VAT"} if language in ("fr", "en") else set()
    assert {iso3 for iso3 in states if not column.get(iso3)} <= without | {"DMA", "SLB"}


def test_cities_and_capitals():
    assert WORLD.city("Pékin") == "CHN"
    assert WORLD.city("نواكشوط") == "MRT"
    assert WORLD.is_capital("N'Djamena") and not WORLD.is_capital("Lagos")
    assert WORLD.city("Nulle-Part-sur-Mer") is None
    states = {iso3 for iso3, c in WORLD.countries.items() if not c.sovereign and c.capital}
    assert states <= {city.iso3 for city in WORLD.cities if city.is_capital}


def test_a_language_loads_quickly():
    load_gazetteer.cache_clear()
    start = time.process_time()
    load_gazetteer("es")
    assert time.process_time() - start < 1.0  # 0.1 s on a quiet machine


def test_a_state_s_official_languages_are_known():
    assert {"BEL", "SEN", "CHE"} <= WORLD.speakers["fr"] and "CHN" not in WORLD.speakers["fr"]
    assert {"BRA", "AGO"} <= WORLD.speakers["pt"]
    assert set().union(*WORLD.speakers.values()) <= WORLD.countries.keys()
