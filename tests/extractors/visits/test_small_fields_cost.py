"""The small fields cost a straight line, whatever text comes, in every language."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.records import Article
from extractors.text import Span
from extractors.visits.agreements import find_agreements
from extractors.visits.committees import find_committee
from extractors.visits.delegations import find_delegation
from extractors.visits.document import Document
from extractors.visits.messages import find_message
from extractors.visits.outcomes import find_outcomes
from extractors.visits.quotations import find_quotations
from extractors.visits.topics import find_topics

LANGUAGES = ("fr", "en", "ar", "es", "pt")
PIECES = {
    "fr": ("accord signé ", "session de la commission mixte ", "« ", "« ’ » ", "porteur d’un message du ", "accompagné de ", "M. ", "la pêche, "),
    "en": ("agreement signed ", "session of the joint commission ", "“ ", '" ', "delivered a message from ", "accompanied by ", "Mr ", "‘word "),
    "ar": ("اتفاقية موقعة ", "الدورة الثالثة للجنة المشتركة ", "« ", "رسالة من ", "يضم الوفد ", "السيد ", "وبالطاقة "),
    "es": ("acuerdo firmado ", "sesión de la comisión mixta ", "« ", "entregó una carta del ", "acompañado por ", "Sr. "),
    "pt": ("acordo assinado ", "sessão da comissão mista ", "« ", "entregou uma carta do ", "acompanhado pelo ", "Sr. "),
}  # fmt: skip


def read_all(document: Document) -> None:
    spans = [Span(0, len(document.text))]
    find_topics(document, spans)
    find_outcomes(document, spans, status="concluded", agreements=find_agreements(document, spans))
    find_committee(document, spans)
    find_message(document, spans)
    find_delegation(document, spans, ())
    find_quotations(document)


def seconds(language: str, body: str, read: Callable[[Document], None] = read_all) -> float:
    began = time.process_time()
    read(Document(Article(language=language, body=body, published_on="2024-05-06")))
    return time.process_time() - began


@pytest.mark.parametrize(("language", "piece"), [(lang, piece) for lang in LANGUAGES for piece in PIECES[lang]])
def test_near_matches_cost_a_straight_line(language: str, piece: str) -> None:
    seconds(language, piece)
    assert seconds(language, piece * (100_000 // len(piece))) < 5


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(LANGUAGES),
    st.lists(
        st.sampled_from([p for pieces in PIECES.values() for p in pieces] + ["\n\n", ". ", "- ", ": "]), max_size=30
    ),
)
def test_no_text_is_too_odd(language: str, pieces: list[str]) -> None:
    read_all(Document(Article(language=language, body="".join(pieces), published_on=None)))
