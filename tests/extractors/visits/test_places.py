"""Places in running text: countries, peoples, compounds and cities in five languages, and what only looks like one."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.visits.places import find_places


def told(text, language):
    return [(place.text, place.kind, " ".join(place.countries)) for place in find_places(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "fr",
            "le président nigérien est arrivé à N'Djamena",
            [("nigérien", "demonym", "NER"), ("N'Djamena", "city", "TCD")],
        ),
        ("fr", "une délégation nigériane au Niger", [("nigériane", "demonym", "NGA"), ("Niger", "country", "NER")]),
        ("fr", "la commission mixte algéro-nigérienne", [("algéro-nigérienne", "compound", "DZA NER")]),
        ("fr", "le sommet algéro-tuniso-libyen", [("algéro-tuniso-libyen", "compound", "DZA TUN LBY")]),
        ("fr", "le forum sino-africain", [("sino-africain", "compound", "CHN")]),
        (
            "fr",
            "en Guinée équatoriale et en Guinée-Bissau",
            [("Guinée équatoriale", "country", "GNQ"), ("Guinée-Bissau", "country", "GNB")],
        ),
        (
            "fr",
            "la République dominicaine et la Dominique",
            [("République dominicaine", "country", "DOM"), ("Dominique", "country", "DMA")],
        ),
        ("en", "The Algerian-Nigerian committee", [("Algerian-Nigerian", "compound", "DZA NGA")]),
        ("en", "turkey was served in Turkey", [("Turkey", "country", "TUR")]),
        ("es", "relaciones hispano-marroquíes", [("hispano-marroquíes", "compound", "ESP MAR")]),
        ("pt", "relações luso-brasileiras", [("luso-brasileiras", "compound", "PRT BRA")]),
        ("ar", "اللجنة المشتركة الجزائرية التونسية", [("الجزائرية التونسية", "compound", "DZA TUN")]),
        ("ar", "إلى موريتانيا وبالسنغال", [("موريتانيا", "country", "MRT"), ("السنغال", "country", "SEN")]),
        ("ar", "زيارة للندن وللرياض", [("لندن", "city", "GBR CAN"), ("الرياض", "city", "SAU")]),
        ("ar", "بتل أبيب وبالأوروغواي", [("تل أبيب", "city", "ISR"), ("الأوروغواي", "country", "URY")]),
        ("ar", "بساو باولو وبأنجولا", [("ساو باولو", "city", "BRA"), ("أنجولا", "country", "AGO")]),
        ("fr", "de Zinder à Kolda", [("Zinder", "city", "NER"), ("Kolda", "city", "SEN")]),
        (
            "fr",
            "les guinéens et les congolais",
            [("guinéens", "demonym", "GIN GNB GNQ"), ("congolais", "demonym", "COD COG")],
        ),
        ("fr", "au Congo-Brazzaville et en RDC", [("Congo-Brazzaville", "country", "COG"), ("RDC", "country", "COD")]),
        ("fr", "le Zaïre et la Haute-Volta", [("Zaïre", "country", "COD"), ("Haute-Volta", "country", "BFA")]),
        ("fr", "LE MINISTRE MALIEN À NOUAKCHOTT", [("MALIEN", "demonym", "MLI"), ("NOUAKCHOTT", "city", "MRT")]),
        (
            "fr",
            "nord-coréenne, sud-africains",
            [("nord-coréenne", "demonym", "PRK"), ("sud-africains", "demonym", "ZAF")],
        ),
        ("en", "the U.S. and the UK's envoys", [("U.S", "country", "USA"), ("UK", "country", "GBR")]),
        (
            "en",
            "Franco-British talks in Washington",
            [("Franco-British", "compound", "FRA GBR"), ("Washington", "city", "USA")],
        ),
        ("es", "las autoridades argelinas en EE. UU.", [("argelinas", "demonym", "DZA"), ("EE. UU", "country", "USA")]),
        ("pt", "os ministros angolanos em Brasília", [("angolanos", "demonym", "AGO"), ("Brasília", "city", "BRA")]),
        ("ar", "وزير الخارجية الكوري الجنوبي", [("الكوري الجنوبي", "demonym", "KOR")]),
        ("ar", "للمغرب وبنين", [("المغرب", "country", "MAR"), ("بنين", "country", "BEN")]),
        ("ar", "وزير المالية في مالي", [("مالي", "country", "MLI")]),
    ],
)
def test_what_is_named(language, text, expected):
    assert told(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "le golfe de Guinée, le fleuve Niger et le delta du Niger"),
        ("fr", "M. Paris habite rue de Tunis"),
        ("en", "Jordan Milway met Mr. London"),
        ("en", "a piece of china"),
        ("fr", "le ministre Moussa Zinder a parlé"),
        ("fr", "Kolda Sarrou, ministre"),
        ("fr", "le franc suisse et l'accord de Paris"),
        ("en", "the Paris Agreement and the Indian Ocean"),
        ("en", "The US dollar, the Washington Post and Agence France-Presse"),
        ("fr", "le bassin du lac Tchad et l'océan Indien"),
        ("fr", "LES EAUX, L'EAU DU MAIRE"),
        ("es", "el golfo de Guinea y América Latina"),
        ("pt", "a América do Sul e o oceano Índico"),
        ("ar", "خليج غينيا والمحيط الهندي"),
        ("ar", "القطاع المالي ووزارة المالية"),
    ],
)
def test_what_only_looks_like_a_place(language, text):
    assert told(text, language) == []


LINES = {
    "fr": "algéro-franco-sino- Saint Guinée équa ",
    "en": "Sino-Franco-Saint South New ",
    "ar": "وبالجمهورية جنوب كوريا ال ",
    "es": "hispano-luso-República ",
    "pt": "luso-sino-República ",
}


@pytest.mark.parametrize("language", LINES)
def test_near_matches_take_time_in_a_straight_line(language):
    def seconds(size):
        text = LINES[language] * (size // len(LINES[language]))
        start = time.process_time()
        find_places(text, language)
        return time.process_time() - start

    find_places("", language)
    short, long = seconds(100_000), seconds(1_000_000)
    assert long < 5
    assert long < 40 * max(short, 0.01)


def test_an_unknown_language_names_nothing():
    assert find_places("Mali", "xx") == find_places("Mali", None) == ()


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["fr", "en", "ar", "es", "pt"]))
def test_any_text_gives_sorted_spans_of_it(text, language):
    places = find_places(text, language)
    assert all(place.text in (text[place.start : place.end], "ا" + text[place.start : place.end]) for place in places)
    assert all(first.end <= second.start for first, second in pairwise(places))
