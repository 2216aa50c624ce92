"""The visit coder on the repo's own gold: no language and no field falls below its floor (`floors.json`)."""

import json
from pathlib import Path

import pytest
from visits import own_gold, read_one, rows_of, scores_by

FLOORS = json.loads(Path(__file__).with_name("floors.json").read_text(encoding="utf-8"))["visits"]


@pytest.fixture(scope="module")
def scores():
    """The scores of each language, every gold article read and coded once."""
    return scores_by([(gold, read_one(gold, path)) for gold, path in own_gold()], "language")


@pytest.mark.parametrize(("language", "field"), [(lang, field) for lang, floors in FLOORS.items() for field in floors])
def test_no_field_falls_below_its_floor(scores, language, field):
    counts = dict(rows_of(scores[language]))[field]
    floor = FLOORS[language][field]
    assert counts.f1 >= floor, (
        f"{language} · {field} · F1 {counts.f1:.3f}, its floor is {floor}: `visits.py --misses` shows why"
    )


@pytest.mark.parametrize("language", FLOORS)
def test_every_visit_is_shown_by_a_span_that_is_verbatim(scores, language):
    assert (scores[language].spans.wrong, scores[language].spans.missing) == (0, 0)


def test_the_gold_holds_at_least_what_the_floors_promise(scores):
    assert sum(s.articles for s in scores.values()) >= 120 and set(FLOORS) == {"fr", "en", "ar", "es", "pt"}
