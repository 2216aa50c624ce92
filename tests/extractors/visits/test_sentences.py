"""Agency idiom in Portuguese, Arabic, English and Spanish (`sentences/<language>.txt`): which journeys each text tells."""

from collections.abc import Iterator

import pytest
from _pytest.mark import ParameterSet
from sentence_rows import rows

from extractors import Article, read_visits

LANGUAGES = ("pt", "ar", "en", "es")


def _rows() -> Iterator[ParameterSet]:
    for language in LANGUAGES:
        for number, ((told, headline, text), marks) in enumerate(rows(f"{language}.txt", 3), start=1):
            told_of = frozenset() if told == "-" else frozenset(told.split(", "))
            yield pytest.param(language, told_of, headline, text, marks=marks, id=f"{language}-{number}")


@pytest.mark.parametrize(("language", "told", "headline", "text"), _rows())
def test_a_text_tells_these_journeys_and_no_others(
    language: str, told: frozenset[str], headline: str, text: str
) -> None:
    article = Article(headline=headline or None, body=text, language=language, published_on="2025-03-12")
    visits = [v for v in read_visits(article).visits if v.salience != "incidental"]
    assert sorted(f"{v.visitor_country or '?'}>{v.host_country or '?'}" for v in visits) == sorted(told)
