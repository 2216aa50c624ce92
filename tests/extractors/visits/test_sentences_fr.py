"""Every construction of French agency idiom in invented sentences (`sentences/*.txt`): who travels where, and who doesn't."""

from collections.abc import Iterator

import pytest
from _pytest.mark import ParameterSet
from sentence_rows import rows

from extractors import Article, read_visits


def _rows(name: str) -> Iterator[ParameterSet]:
    for fields, marks in rows(name, 3):
        yield pytest.param(*fields, marks=marks, id=fields[-1][:50])


def _journeys(headline: str, text: str) -> set[str]:
    article = Article(headline=headline or None, body=text, language="fr", published_on="2025-03-12")
    visits = [v for v in read_visits(article).visits if v.salience != "incidental"]
    return {f"{v.visitor_country or '?'}>{v.host_country or '?'}" for v in visits}


def _is_told(journey: str, found: set[str]) -> bool:
    who, where = journey.split(">")
    return any((who == "?" or who == f.split(">")[0]) and where == f.split(">")[1] for f in found)


@pytest.mark.parametrize(("told", "headline", "text"), _rows("fr.txt"))
def test_a_sentence_tells_a_journey(told: str, headline: str, text: str) -> None:
    found = _journeys(headline, text)
    assert (not found) if told == "-" else _is_told(told, found), found


@pytest.mark.parametrize(("told", "headline", "text"), _rows("fr_articles.txt"))
def test_an_article_tells_these_journeys_and_no_others(told: str, headline: str, text: str) -> None:
    found = _journeys(headline, text)
    journeys = [] if told == "-" else told.split(", ")
    assert len(found) == len(journeys) and all(_is_told(j, found) for j in journeys), found
