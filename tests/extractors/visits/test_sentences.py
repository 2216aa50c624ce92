"""Agency idiom in Portuguese, Arabic, English and Spanish (`sentences/<language>.txt`): which journeys each text tells."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from extractors import Article, read_visits

SENTENCES = Path(__file__).parent / "sentences"
LANGUAGES = ("pt", "ar", "en", "es")


def _rows() -> Iterator[ParameterSet]:
    for language in LANGUAGES:
        lines = (SENTENCES / f"{language}.txt").read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            if line and line[0] != "#":
                told, headline, text = (part.strip() for part in line.lstrip("!").split("|", 2))
                marks = [pytest.mark.xfail(reason="read wrongly still", strict=True)] if line[0] == "!" else []
                told_of = frozenset() if told == "-" else frozenset(told.split(", "))
                body = text.replace(" ¶ ", "\n\n")
                yield pytest.param(language, told_of, headline, body, marks=marks, id=f"{language}-{number}")


@pytest.mark.parametrize(("language", "told", "headline", "text"), _rows())
def test_a_text_tells_these_journeys_and_no_others(
    language: str, told: frozenset[str], headline: str, text: str
) -> None:
    article = Article(headline=headline or None, body=text, language=language, published_on="2025-03-12")
    visits = [v for v in read_visits(article).visits if v.salience != "incidental"]
    assert sorted(f"{v.visitor_country or '?'}>{v.host_country or '?'}" for v in visits) == sorted(told)
