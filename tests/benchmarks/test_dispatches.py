"""The dispatches in many wordings: no language's events or fields fall below their floor (`floors.json`)."""

import json
from pathlib import Path

import pytest
from dispatches import dispatches, read_dispatch, rows_of
from visits import scores_by

FLOORS = json.loads(Path(__file__).with_name("floors.json").read_text(encoding="utf-8"))["dispatches"]


@pytest.fixture(scope="module")
def pairs():
    """Every dispatch read once, beside its gold."""
    return [(gold, read_dispatch(gold)) for gold in dispatches()]


@pytest.mark.parametrize("language", FLOORS["f1"])
def test_no_field_falls_below_its_floor(pairs, language):
    told = rows_of(scores_by(pairs, "language")[language])
    fallen = {k: round(told[k].f1, 3) for k, floor in FLOORS["f1"][language].items() if told[k].f1 < floor}
    assert fallen == {}, f"{language}: `dispatches.py --misses` shows why"


def test_no_more_visits_are_found_where_there_are_none_than_before(pairs):
    assert scores_by(pairs, "family")["none"].events.wrong <= FLOORS["most_false"]
