"""A look at the feed entry keeps what may be a visit, and leaves out what can be none."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import Entry, may_concern_visit

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))


@pytest.mark.parametrize(
    "headline",
    [
        "Le chef de la diplomatie malienne attendu à Alger",
        "Abidjan : M. Koné reçu par son homologue ghanéen",
        "Foreign Minister Adeyemi arrives in Accra",
        "وزير الخارجية يصل إلى نواكشوط",
        "والوفد يغادر تونس",
        "El canciller viajó a Quito",
        "Ministro recebido em Luanda",
        "Brève",
    ],
)
def test_kept(headline):
    assert may_concern_visit(Entry(url="", headline=headline))


@pytest.mark.parametrize(
    "headline",
    ["Basket : large victoire des Aigles à domicile", "How to bake bread at home", "La receta del gazpacho andaluz"],
)
def test_left_out(headline):
    assert not may_concern_visit(Entry(url="", headline=headline))


def test_next_to_no_visit_of_the_gold_is_lost():
    from likely import measured
    from visits import own_gold

    seen, visits, _, _ = measured(list(own_gold()))
    assert visits > 100 and seen / visits >= 0.98


@given(st.text(max_size=200))
def test_any_text_is_judged(text):
    assert may_concern_visit(Entry(url="", headline=text, summary=text)) in (True, False)
