"""A stuck or deadly page costs its own outcome and nothing else."""

import asyncio
import os
import time

from extractors import FeedError
from flows.pool import Outcome, ReadingPool
from flows.reading import read_feed_in


def read_one(value):
    """Stands for a reader: some inputs hang, some fell the process, some raise."""
    if value == "hang":
        time.sleep(60)
    if value == "die":
        os._exit(9)
    if value == "raise":
        raise ValueError("no headline")
    return value.upper()


def test_order_is_kept_and_bad_pages_end_alone():
    inputs = ["a", "hang", "b", "die", "raise", *"cdefghijklmnopqrstuvwxyz"]
    with ReadingPool(jobs=2, deadline_seconds=1.5) as pool:
        outcomes = list(pool.map(read_one, inputs))
    assert [o.value for o in outcomes] == ["A", None, "B", None, None, *"CDEFGHIJKLMNOPQRSTUVWXYZ"]
    assert "more than 1.5 s" in outcomes[1].error
    assert "felled its worker (exit code 9)" in outcomes[3].error
    assert outcomes[4] == Outcome(error="ValueError: no headline")


def test_inputs_are_taken_only_as_they_are_needed():
    taken = []

    def inputs():
        for number in range(500):
            taken.append(number)
            yield str(number)

    with ReadingPool(jobs=1) as pool:
        next(pool.map(read_one, inputs()))
        assert len(taken) < 50


def test_pages_can_be_awaited():
    async def both(pool):
        return await asyncio.gather(pool.read(read_one, "x"), pool.read(read_one, "raise"))

    with ReadingPool(jobs=1) as pool:
        good, bad = asyncio.run(both(pool))
    assert (good.value, bad.error) == ("X", "ValueError: no headline")


def test_a_list_of_news_that_is_heavy_is_read_by_a_worker_and_within_its_deadline():
    feed = "<?xml version='1.0'?><rss version='2.0'><channel><title>x</title>{}</channel></rss>"
    links = "".join(f"<item><title>what is told</title><link>http://x.example/{n}</link></item>" for n in range(4000))

    async def read(pool, data):
        try:
            return len((await read_feed_in(pool, data, "http://x.example/feed", None)).entries)
        except FeedError as error:
            return str(error)

    with ReadingPool(jobs=1, deadline_seconds=60) as pool:
        assert asyncio.run(read(pool, feed.format("<item><link>http://x.example/1</link></item>").encode())) == 1
        assert asyncio.run(read(pool, feed.format(links).encode())) == 4000
        assert "gzip" in asyncio.run(read(pool, b"\x1f\x8bnone"))
    with ReadingPool(jobs=1, deadline_seconds=0.05) as pool:
        told = asyncio.run(read(pool, feed.format(links).encode()))
        assert told.startswith("http://x.example/feed: ") and "took more than" in told
