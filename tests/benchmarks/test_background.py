"""What has nothing to do with a visit leaves its coding alone (`background.toml`)."""

import json
from pathlib import Path

import pytest
from background import articles, sentences, try_out

FLOOR = json.loads(Path(__file__).with_name("floors.json").read_text(encoding="utf-8"))["background"]
_EVERY = 24


@pytest.fixture(scope="module")
def found():
    """What the sentences do to every twenty-fourth article."""
    return try_out(articles(step=_EVERY))


def test_hardly_any_sentence_of_the_background_changes_a_visit(found):
    tried, changed = sum(row.articles for row in found.values()), sum(row.changed for row in found.values())
    assert tried > 500 and 1 - changed / tried >= FLOOR["unchanged"], "`background.py --set dev --show` says which"


def test_the_background_invents_no_visit(found):
    assert sum(row.added for row in found.values()) <= FLOOR["most_added"]


def test_each_sentence_stands_in_all_five_languages():
    assert all(told.keys() == {"states", "fr", "en", "ar", "es", "pt"} for told in sentences().values())
