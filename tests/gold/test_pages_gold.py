"""Invented pages on the markup of real systems are read as their records say."""

import json
from pathlib import Path

import pytest
from page_scores import FIELDS, differences, gold_pages, read_page, score

from extractors.charset import decode

PAGES = list(gold_pages())
FLOORS = json.loads((Path(__file__).parents[1] / "benchmarks" / "floors.json").read_text(encoding="utf-8"))["pages"]
READ = {name: read_page(page, gold) for name, page, gold in PAGES}


def test_there_are_enough_pages_and_every_part_of_a_record_occurs():
    assert len(PAGES) >= 30 and {name[:2] for name, _, _ in PAGES} >= {"fr", "en", "ar", "es", "pt"}
    for field in (*FIELDS, "body"):
        assert any(gold[field] for _, _, gold in PAGES), field


@pytest.mark.parametrize("name, gold", [(name, gold) for name, _, gold in PAGES], ids=[name for name, _, _ in PAGES])
def test_the_body_is_read_to_the_letter(name, gold):
    assert READ[name]["body"] == gold["body"]


@pytest.mark.parametrize("field", ["body", *FIELDS])
def test_no_field_falls_below_its_floor(field):
    reached = score((gold, READ[name]) for name, _, gold in PAGES)[field]
    wrong = {name: diff[field] for name, _, gold in PAGES if field in (diff := differences(gold, READ[name]))}
    assert reached >= FLOORS[field], wrong


def test_pages_say_that_they_are_invented():
    marks = ("invent", "مختلقة")
    for name, page, gold in PAGES:
        assert any(mark in decode(page)[0].lower() for mark in marks), name
        assert not any(mark in "\n".join(gold["body"]) for mark in marks)
