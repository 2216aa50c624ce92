"""The one hand that writes: errands share an opening, and the same question of several askers is put once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from flows.clerk import Clerk
from warehouse import Catalogue


def _clerk(folder: Path) -> Clerk:
    return Clerk(folder / "catalogue.duckdb", wait_seconds=10, on_wait=lambda line: None)


class Echo:
    """A question that says of every address how long it is, and remembers how it was put."""

    def __init__(self) -> None:
        self.put: list[list[str]] = []

    def __call__(self, catalogue: Catalogue, urls: Sequence[str]) -> Mapping[str, int]:
        self.put.append(list(urls))
        return {url: len(url) for url in urls if not url.endswith("unknown")}


def test_a_question_of_many_is_put_once_and_each_has_its_own_answer(tmp_path: Path) -> None:
    async def run() -> list[dict[str, int]]:
        clerk = _clerk(tmp_path)
        first = asyncio.ensure_future(clerk.do(lambda catalogue: catalogue.newest()))
        await asyncio.sleep(0)  # it is under way: what follows shares the next opening
        answers = await asyncio.gather(*(clerk.ask(echo, [f"{'x' * n}", "unknown"]) for n in range(1, 40)))
        await first
        return list(answers)

    echo = Echo()
    assert asyncio.run(run()) == [{"x" * n: n} for n in range(1, 40)]
    assert echo.put == [["x", "unknown", *("x" * n for n in range(2, 40))]]


def test_who_asks_when_the_question_is_under_way_has_one_of_its_own(tmp_path: Path) -> None:
    async def run() -> None:
        clerk, echo = _clerk(tmp_path), Echo()
        assert await clerk.ask(echo, ["a"]) == {"a": 1}
        assert await clerk.ask(echo, ["bb"]) == {"bb": 2}
        assert await clerk.ask(echo, []) == {}
        assert echo.put == [["a"], ["bb"]]

    asyncio.run(run())


def test_an_asker_that_is_broken_off_leaves_the_answer_to_the_others(tmp_path: Path) -> None:
    async def run() -> None:
        clerk, echo = _clerk(tmp_path), Echo()
        gone, stays = (asyncio.ensure_future(clerk.ask(echo, [url])) for url in ("a", "bb"))
        await asyncio.sleep(0)
        gone.cancel()
        assert await stays == {"bb": 2}
        assert gone.cancelled()

    asyncio.run(run())


def test_a_question_that_fails_fails_for_all_who_put_it_and_for_nobody_else(tmp_path: Path) -> None:
    def broken(catalogue: Catalogue, urls: Sequence[str]) -> Mapping[str, int]:
        raise ValueError("no such column")

    async def run() -> list[object]:
        clerk, echo = _clerk(tmp_path), Echo()
        asked = (clerk.ask(broken, ["a"]), clerk.ask(echo, ["bb"]), clerk.ask(broken, ["c"]))
        return list(await asyncio.gather(*asked, return_exceptions=True))

    first, echoed, last = asyncio.run(run())
    assert echoed == {"bb": 2}
    for problem in (first, last):
        with pytest.raises(ValueError, match="no such column"):
            raise problem  # type: ignore[misc]
