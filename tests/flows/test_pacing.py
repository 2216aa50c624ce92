"""The pace between two requests to one domain, also where a run has too few connections of its own."""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.fetch.pacing import Pace


def _asked(at_once: int, delay: float, held: list[tuple[str, float]]) -> dict[str, list[float]]:
    """When the requests of each host were put, of (host, seconds for which each holds its connection)."""

    async def run() -> dict[str, list[float]]:
        pace = Pace(at_once=at_once, per_host=2, monotonic=time.monotonic, sleep=asyncio.sleep)
        asked: dict[str, list[float]] = {}

        async def ask(host: str, seconds: float) -> None:
            async with pace.turn(host, delay):
                asked.setdefault(host, []).append(time.monotonic())
                await asyncio.sleep(seconds)

        await asyncio.gather(*(ask(host, seconds) for host, seconds in held))
        return asked

    return asyncio.run(run())


def test_a_request_that_had_to_queue_for_us_holds_the_next_one_back() -> None:
    # bug caught: the pause was counted from when a request was planned, not from when it was put
    first, second = _asked(1, 0.2, [("slow.example", 0.3), ("a.example", 0.0), ("a.example", 0.0)])["a.example"]
    assert second - first >= 0.2


@settings(max_examples=20, deadline=None)
@given(
    st.integers(1, 3),
    st.lists(st.tuples(st.sampled_from(["a.example", "b.example", "c.example"]), st.floats(0, 0.03)), max_size=12),
)
def test_between_two_requests_to_a_domain_lies_the_delay_however_few_connections_there_are(
    at_once: int, held: list[tuple[str, float]]
) -> None:
    asked = _asked(at_once, 0.02, held)
    assert sum(map(len, asked.values())) == len(held)
    for times in asked.values():
        assert all(later - earlier >= 0.0199 for earlier, later in pairwise(times))
