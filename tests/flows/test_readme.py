"""What the README prints as answers is what the sample archive answers."""

import re
import shutil
from pathlib import Path

import pytest
from archives import sample_settings

import warehouse
from flows.cli.show import plain
from flows.holders import beside_catalogue

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
ANSWERS = re.findall(r"```sql\n(.*?)```\n```\n(.*?)```", README, flags=re.S)


@pytest.fixture(scope="module")
def sample(whole_newsroom, tmp_path_factory):
    """The whole newsroom, read and published."""
    settings = sample_settings(Path(shutil.copytree(whole_newsroom, tmp_path_factory.mktemp("readme") / "archive")), 9)
    warehouse.publish(settings.catalogue, settings.published, **beside_catalogue(settings))
    return settings.published


def test_the_three_questions_are_answered_as_printed(sample):
    assert len(ANSWERS) == 3
    for sql, printed in ANSWERS:
        heading, _, *lines = printed.rstrip().splitlines()
        answer = warehouse.run_query(sample, sql)
        assert heading.split() == list(answer.columns)
        assert [line.split() for line in lines] == [" ".join(map(plain, row)).split() for row in answer.rows], sql


def test_the_words_that_the_readme_searches_for_are_found(sample):
    asked = re.findall(r"search_plain\('(.*?)'\)", README) + re.findall(r'chancery search "(.*?)"', README)
    warehouse.index_search(sample)
    assert len(asked) == 2 and all(warehouse.search(sample, words).answer.rows for words in asked)
    assert warehouse.run_query(sample, f"FROM search_plain('{asked[0]}')").rows
