"""What is due: each source by its own clock, a missed slot once, a failed one not before it has rested."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractors import Schedule, Source
from flows.due import RETRY_AFTER, due_sources, is_due, last_slot

HOURLY = Schedule("10 * * * *", "Africa/Bamako")
MORNINGS = Schedule("0 7 * * *", "Africa/Algiers")  # an hour before UTC


def at(hour, minute=0, day=2):
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def state(run=None, success=None):
    return {"last_run_at": run, "last_success_at": success}


@pytest.mark.parametrize(
    ("schedule", "now", "slot"),
    [
        (HOURLY, at(12, 10), at(12, 10)),
        (HOURLY, at(12, 9), at(11, 10)),
        (MORNINGS, at(6), at(6)),
        (MORNINGS, at(5, 59), at(6, day=1)),
        (
            Schedule("30 2 * * *", "Europe/Paris"),
            datetime(2026, 3, 29, 12, tzinfo=UTC),
            datetime(2026, 3, 29, 1, tzinfo=UTC),
        ),
    ],
)
def test_the_last_slot_is_told_by_the_clock_of_the_paper(schedule, now, slot):
    assert last_slot(schedule, now) == slot


@example(datetime(2020, 1, 1, 0, 9, 59, 1, tzinfo=UTC))  # bugs caught: a slot was due within the second before it
@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)))
def test_the_last_slot_is_never_ahead_and_never_more_than_one_period_back(now):
    assert timedelta(0) <= now - last_slot(HOURLY, now) < timedelta(hours=1)


@pytest.mark.parametrize(
    ("known", "due"),
    [
        (None, True),
        (state(), True),
        (state(at(12, 12), at(12, 12)), False),
        (state(at(11, 12), at(11, 12)), True),
        (state(at(3), at(3)), True),
        (state(at(12, 12), at(11, 12)), False),
        (state(at(11, 40), at(11, 12)), True),
    ],
)
def test_a_slot_is_due_until_it_was_served(known, due):
    assert is_due(HOURLY, known, at(12, 20)) is due


def test_a_failed_slot_is_tried_again_after_a_rest():
    failed = state(at(6, 1), at(6, day=1))
    assert not is_due(MORNINGS, failed, at(6, 20))
    assert is_due(MORNINGS, failed, at(6, 1) + RETRY_AFTER)


def test_only_verified_sources_are_due():
    papers = [
        Source(name, name, "MLI", "fr", "newspaper", "https://a.example/", verified=name == "mli_a")
        for name in ("mli_a", "mli_b")
    ]
    assert due_sources(papers, {}, at(12)) == ("mli_a",)
