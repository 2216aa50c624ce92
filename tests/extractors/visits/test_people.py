"""Offices and the names beside them, in invented sentences."""

import time

import pytest

from extractors.visits.lexicon import load_lexicon
from extractors.visits.people import find_mentions

FRENCH = load_lexicon("fr")


@pytest.mark.parametrize(
    ("text", "office", "name"),
    [
        (
            "Le ministre algérien des Affaires étrangères, M. Karim Zellouf, est arrivé",
            "foreign_minister",
            "Karim Zellouf",
        ),
        ("le ministre de la Défense Suren Vardikian a dit", "minister", "Suren Vardikian"),
        ("Le Premier ministre, Oumar Ndoyane, a quitté Dakar", "head_of_government", "Oumar Ndoyane"),
        ("le chef de la diplomatie algérienne au Mali", "foreign_minister", None),
        ("le vice-président américain Dale Hobbart", "other", "Dale Hobbart"),
        ("a reçu Bakary Oulaba, ministre de la Justice", "minister", "Bakary Oulaba"),
        ("Le chef de l’État du Sénégal, Son Excellence Monsieur Oumar Ndoyane,", "head_of_state", "Oumar Ndoyane"),
        ("le Président du Faso a reçu", "head_of_state", None),
        ("la présidente de l’Assemblée nationale, Mme Awa Sidibela", "speaker_of_parliament", "Awa Sidibela"),
    ],
)
def test_an_office_is_read_with_its_name(text: str, office: str, name: str | None) -> None:
    assert FRENCH is not None
    mention = find_mentions(text, FRENCH)[0]
    assert (mention.office, mention.name) == (office, name)


@pytest.mark.parametrize("piece", ["ministre ", "ministre des Affaires ", "Karim Zellouf Ould ", "président de la "])
def test_near_matches_cost_a_straight_line(piece: str) -> None:
    assert FRENCH is not None
    began = time.perf_counter()
    find_mentions(piece * (300_000 // len(piece)), FRENCH)
    assert time.perf_counter() - began < 5
