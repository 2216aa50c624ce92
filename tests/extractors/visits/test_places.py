"""Places in running text: countries, peoples, compounds and cities in five languages, and what only looks like one."""

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
        ("fr", "le président nigérien est arrivé à N'Djamena", [("nigérien", "demonym", "NER"), ("N'Djamena", "city", "TCD")]),
        ("fr", "une délégation nigériane au Niger", [("nigériane", "demonym", "NGA"), ("Niger", "country", "NER")]),
        ("fr", "la commission mixte algéro-nigérienne", [("algéro-nigérienne", "compound", "DZA NER")]),
        ("fr", "le sommet algéro-tuniso-libyen", [("algéro-tuniso-libyen", "compound", "DZA TUN LBY")]),
        ("fr", "le forum sino-africain", [("sino-africain", "compound", "CHN")]),
        ("fr", "en Guinée équatoriale et en Guinée-Bissau", [("Guinée équatoriale", "country", "GNQ"), ("Guinée-Bissau", "country", "GNB")]),
        ("fr", "la République dominicaine et la Dominique", [("République dominicaine", "country", "DOM"), ("Dominique", "country", "DMA")]),
        ("en", "The Algerian-Nigerian committee", [("Algerian-Nigerian", "compound", "DZA NGA")]),
        ("en", "turkey was served in Turkey", [("Turkey", "country", "TUR")]),
        ("es", "relaciones hispano-marroquíes", [("hispano-marroquíes", "compound", "ESP MAR")]),
        ("pt", "relações luso-brasileiras", [("luso-brasileiras", "compound", "PRT BRA")]),
        ("ar", "اللجنة المشتركة الجزائرية التونسية", [("الجزائرية التونسية", "compound", "DZA TUN")]),
        ("ar", "إلى موريتانيا وبالسنغال", [("موريتانيا", "country", "MRT"), ("السنغال", "country", "SEN")]),
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
    ],
)
def test_what_only_looks_like_a_place(language, text):
    assert told(text, language) == []


def test_an_unknown_language_names_nothing():
    assert find_places("Mali", "xx") == find_places("Mali", None) == ()


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["fr", "en", "ar", "es", "pt"]))
def test_any_text_gives_sorted_spans_of_it(text, language):
    places = find_places(text, language)
    assert all(text[place.start : place.end] == place.text for place in places)
    assert all(first.end <= second.start for first, second in pairwise(places))
