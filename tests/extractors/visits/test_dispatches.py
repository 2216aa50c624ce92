"""Whole invented dispatches, field by field (`sentences/dispatches.txt`): what was read rightly stays so."""

from collections.abc import Iterator

import pytest
from _pytest.mark import ParameterSet
from sentence_rows import rows

from extractors import Article, VisitReport, read_visits


def _rows() -> Iterator[ParameterSet]:
    for fields, marks in rows("dispatches.txt", 5):
        yield pytest.param(*fields, marks=marks, id=f"{fields[0]}-{fields[3][:40] or fields[4][:40]}")


def _as_printed(visit: VisitReport, field: str) -> str:
    """A field as the rows write it."""
    value = getattr(visit, field)
    if field in ("start_on", "end_on"):
        return value.value or "-"
    if field == "agreements":
        return "+".join(agreement.text for agreement in value) or "-"
    return "+".join(value) or "-" if isinstance(value, tuple) else value or "-"


@pytest.mark.parametrize(("language", "published_on", "told", "headline", "text"), _rows())
def test_a_dispatch_tells_these_visits_with_these_fields(
    language: str, published_on: str, told: str, headline: str, text: str
) -> None:
    article = Article(headline=headline or None, body=text, language=language, published_on=published_on)
    visits = {
        f"{v.visitor_country or '?'}>{v.host_country or '?'}": v
        for v in read_visits(article).visits
        if v.salience != "incidental"
    }
    wanted = [visit.split(", ") for visit in told.split("; ") if visit != "-"]
    assert sorted(visits) == sorted(pair for pair, *_ in wanted)
    for pair, *fields in wanted:
        expected = dict(field.split("=", 1) for field in fields)
        assert {field: _as_printed(visits[pair], field) for field in expected} == expected
