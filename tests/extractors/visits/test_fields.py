"""Single fields of a visit in invented dispatches (`sentences/fields.txt`), each the least text in which it was once misread."""

from collections.abc import Iterator

import pytest
from _pytest.mark import ParameterSet
from sentence_rows import rows

from extractors import Article, VisitReport, read_visits
from extractors.records import VisitDate


def _rows() -> Iterator[ParameterSet]:
    for fields, marks in rows("fields.txt", 4):
        yield pytest.param(*fields, marks=marks, id=f"{fields[1]}-{fields[2][:40]}")


def _told(visit: VisitReport, field: str) -> str:
    value = getattr(visit, field)
    if isinstance(value, VisitDate):
        value = value.value
    return "+".join(sorted(value)) if isinstance(value, tuple) else value or "-"


@pytest.mark.parametrize(("language", "journey", "fields", "text"), _rows())
def test_a_visit_tells(language: str, journey: str, fields: str, text: str) -> None:
    article = Article(body=text, language=language, published_on="2025-03-12")
    visit = next(v for v in read_visits(article).visits if f"{v.visitor_country}>{v.host_country}" == journey)
    wanted = dict(pair.strip().split("=") for pair in fields.split(";"))
    wanted = {name: "+".join(sorted(value.split("+"))) for name, value in wanted.items()}
    assert {name: _told(visit, name) for name in wanted} == wanted
