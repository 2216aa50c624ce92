"""Whom a visitor meets, in invented dispatches of five languages (`sentences/hosts.txt`): whoever receives, invites or talks first."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from extractors import Article, read_visits

SENTENCES = Path(__file__).parent / "sentences" / "hosts.txt"


def _rows() -> Iterator[ParameterSet]:
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            language, *told = (part.strip() for part in line.lstrip("!").split("|", 4))
            marks = [pytest.mark.xfail(reason="read wrongly still", strict=True)] if line[0] == "!" else []
            yield pytest.param(language, *told, marks=marks, id=f"{language}-{told[0]}")


@pytest.mark.parametrize(("language", "visitor", "host", "office", "text"), _rows())
def test_whoever_the_text_puts_first_is_the_host(
    language: str, visitor: str, host: str, office: str, text: str
) -> None:
    article = Article(body=text.replace(" ¶ ", "\n\n"), language=language, published_on="2025-03-12")
    read = [(v.visitor_name or "-", v.host_name or "-", v.host_office or "-") for v in read_visits(article).visits]
    assert (visitor, host, office) in read
