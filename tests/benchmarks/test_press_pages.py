"""The pages of the whole road are as heavy as real ones, no two alike, and read as they were written."""

import zlib

import pytest
from general_news import article_of_day
from lxml import html
from press_pages import page_of

from extractors import read_article

SIZE = 100_000


@pytest.mark.parametrize("n", [0, 7, 4_999])
def test_a_page_is_read_as_it_was_written(n):
    headline, paragraphs = article_of_day(n)
    article = read_article(page_of(n, headline, paragraphs, SIZE), url=f"http://paper.example/a/{n}")
    assert (article.headline, article.body.split("\n\n"), article.language) == (f"{headline} ({n})", paragraphs, "fr")


def test_pages_weigh_what_real_ones_of_their_size_weigh():
    pages = [page_of(n, *article_of_day(n), SIZE) for n in range(20)]
    assert len(set(pages)) == 20 and all(abs(len(page) - SIZE) < 1_000 for page in pages)
    for page in pages:
        elements = [element for element in html.document_fromstring(page).iter() if isinstance(element.tag, str)]
        scripts = sum(len(element.text or "") for element in elements if element.tag == "script")
        assert 600 < len(elements) < 1_000  # half of the real ones of 60 to 160 KB hold 580 to 960
        assert 900 < sum(len(element.attrib) for element in elements) < 1_500
        assert 0.08 < scripts / SIZE < 0.35
        assert 2.5 < SIZE / len(zlib.compress(page, 3)) < 5.5
