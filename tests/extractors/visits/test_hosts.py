"""Whom a visitor meets, in invented dispatches of five languages (`sentences/hosts.txt`): whoever receives, invites or talks first."""

from collections.abc import Iterator

import pytest
from _pytest.mark import ParameterSet
from sentence_rows import rows

from extractors import Article, read_visits


def _rows() -> Iterator[ParameterSet]:
    for fields, marks in rows("hosts.txt", 5):
        yield pytest.param(*fields, marks=marks, id=f"{fields[0]}-{fields[1]}")


@pytest.mark.parametrize(("language", "visitor", "host", "office", "text"), _rows())
def test_whoever_the_text_puts_first_is_the_host(
    language: str, visitor: str, host: str, office: str, text: str
) -> None:
    article = Article(body=text, language=language, published_on="2025-03-12")
    read = [(v.visitor_name or "-", v.host_name or "-", v.host_office or "-") for v in read_visits(article).visits]
    assert (visitor, host, office) in read
