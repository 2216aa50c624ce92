"""Reading real pages keeps above its floors, also on the worst third of publishers."""

import json
from pathlib import Path

import pytest
import real_pages

from extractors import read_article

FLOORS = json.loads(Path(__file__).with_name("floors.json").read_text(encoding="utf-8"))["real_pages"]
pytestmark = pytest.mark.skipif(not real_pages.PAGES.exists(), reason=real_pages.ABSENT)


@pytest.fixture(scope="module")
def pairs():
    return [(gold, as_row(read_article(page, url=gold.get("url")))) for gold, page in real_pages.pages()]


def as_row(article):
    fields = ("headline", "byline", "published_on", "language", "body")
    return {field: getattr(article, field) for field in fields}


@pytest.mark.parametrize("measure", sorted(FLOORS))
def test_no_measure_falls_below_its_floor(pairs, measure):
    assert real_pages.score(pairs)[measure] >= FLOORS[measure]


def test_no_repair_was_made_that_is_none(pairs):
    for gold, page in real_pages.pages():
        for mended in read_article(page, url=gold.get("url")).repairs:
            assert mended.damaged not in gold["body"] or mended.mended in gold["body"], (gold["id"], mended)
