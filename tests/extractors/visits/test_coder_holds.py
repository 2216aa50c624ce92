"""The coder never raises, is deterministic, and takes no more than its share of time on any text."""

import time
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractors import Article, read_visits
from extractors.visits.coder import LONGEST
from extractors.visits.document import Document
from extractors.visits.lexicon import load_lexicon
from extractors.visits.scene import Scene
from extractors.visits.whereabouts import case_of_place

LANGUAGES = ("fr", "en", "es", "pt", "ar")
NEAR = {
    "fr": "le ministre de la ministre des affaires de l'Algérie du Niger, M. en visite à l'invitation de son homologue, ",
    "en": "the foreign minister of the minister for the affairs of Ghana, Mr on a visit at the invitation of his counterpart, ",
    "es": "el ministro de la ministra de los asuntos de Chile, señor de visita por invitación de su homólogo, ",
    "pt": "o ministro da ministra dos assuntos de Angola, senhor em visita a convite do seu homólogo, ",
    "ar": "وزير الشؤون الخارجية لوزير شؤون الجزائر السيد في زيارة بدعوة من نظيره و",
}
"""Half constructions over and over, without a sentence's end."""
WORDS = ("le président", "Président", "visite", "à", "M.", "Niger", "malien", "a reçu", "« ", ",", ".", "\n\n", "Alger", "(", "2025",
         "the", "minister", "arrived", "وزير", "زار", "ministro", "visita", "لل", "’", "homologue", "lundi")  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_half_constructions_cost_a_straight_line(language: str) -> None:
    _seconds(NEAR[language], 500, language)
    small, large = _seconds(NEAR[language], 15_000, language), _seconds(NEAR[language], 60_000, language)
    assert large < 8 * small + 0.5, (small, large)


def test_a_book_costs_no_more_than_the_part_that_is_read() -> None:
    assert _seconds(NEAR["fr"], 1_000_000, "fr") < 2 * _seconds(NEAR["fr"], LONGEST, "fr") + 0.5


def _seconds(piece: str, length: int, language: str) -> float:
    article = Article(body=piece * (length // len(piece)), language=language, published_on="2025-05-12")
    start = time.process_time()
    read_visits(article)
    return time.process_time() - start


@settings(max_examples=60, deadline=None)
@given(
    body=st.one_of(st.text(max_size=400), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)),
    headline=st.one_of(st.none(), st.text(max_size=60)),
    language=st.sampled_from((*LANGUAGES, "de", None)),
    day=st.sampled_from((None, "2025-02-28", "nonsense")),
)
@example(body=",A00000000:وزىر A00000000", headline=None, language="ar", day=None)  # a comma before any word
def test_no_text_makes_it_fail(body: str, headline: str | None, language: str | None, day: str | None) -> None:
    article = Article(headline=headline, body=body, language=language, published_on=day)
    coding = read_visits(article)
    assert coding == read_visits(replace(article))
    for visit in coding.visits:
        for shown in visit.evidence:
            text = headline if shown.where == "headline" else body
            assert text is not None and text[shown.start : shown.end] == shown.text


def test_how_a_place_stands_is_told_at_the_end_of_any_list() -> None:
    body = "As fronteiras com a Namíbia" + " e a Zâmbia e a Namíbia" * 1_500 + "."
    lexicon = load_lexicon("pt")
    assert lexicon is not None
    scene = Scene(Document(Article(language="pt", body=body)), lexicon)
    assert len(scene.places) > 3_000
    assert case_of_place(scene, scene.places[-1]) == case_of_place(scene, scene.places[0])
