"""Folding keeps every offset; sentences end where a reader ends them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.text import fold, printed_end, sentences


def parts(text):
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    "text, folded",
    [
        ("À l’Élysée", "a l'elysee"),
        ("Côte d'Ivoire – Œuvre", "cote d'ivoire - œuvre"),
        ("أكّد الرئيسُ", "اكد  الرييس "),
        ("سلّم غدًا رسالةً، والجزائـر", "سلم  غدا  رساله , والجزاير "),
        ("٢٣ أبريل", "23 ابريل"),
        ("İstanbul", "istanbul"),
    ],
)
def test_folds(text, folded):
    assert fold(text) == folded


def test_a_word_with_vowel_marks_ends_behind_them():
    text = "في عمّان اليوم"
    folded = fold(text)
    assert text[3 : printed_end(text, folded, folded.index("عمان") + 4)] == "عمّان"


@given(st.text())
def test_folding_keeps_the_length(text):
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("M. Ould Sidi est arrivé. Il repart lundi.", ["M. Ould Sidi est arrivé.", "Il repart lundi."]),
        ("S.E.M. Koné a été reçu. Merci.", ["S.E.M. Koné a été reçu.", "Merci."]),
        ("« C'est bien. » Il a souri.", ["« C'est bien. »", "Il a souri."]),
        ("Le 3.5 millions passent ! Oui ?", ["Le 3.5 millions passent !", "Oui ?"]),
        ("Une ligne sans point\n\nUne autre", ["Une ligne sans point", "Une autre"]),
        ("وصل الوزير. هل عاد؟ نعم", ["وصل الوزير.", "هل عاد؟", "نعم"]),
        (
            "He met Lt.-Gen. Oyo and Brig. Gen. Ali. It was May.",
            ["He met Lt.-Gen. Oyo and Brig. Gen. Ali.", "It was May."],
        ),
        (
            "Fin de la visite de travail.Le ministre est rentré.",
            ["Fin de la visite de travail.", "Le ministre est rentré."],
        ),
        ("Lefaso.net et S.E.M. Koné, 3.5 fois d.Ali.", ["Lefaso.net et S.E.M. Koné, 3.5 fois d.Ali."]),
        ("انتهت الزيارة.وعاد الوزير", ["انتهت الزيارة.", "وعاد الوزير"]),
        ("The U.S. envoy met J. Smith. He left.", ["The U.S. envoy met J. Smith.", "He left."]),
    ],
)
def test_sentences(text, expected):
    assert parts(text) == expected


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_sentences_cover_every_letter_in_order(text):
    spans = sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(parts(text)).split()) == "".join(text.split())
