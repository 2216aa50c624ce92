"""The book cart: who fills a batch waits for it, and those that end together share a load."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.cart import Cart
from flows.clerk import Clerk
from flows.rows import Batch, reject_row
from warehouse import LoadError, Stacks, open_catalogue

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


class SlowClerk(Clerk):
    """A clerk that counts its errands and begins none before it may."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, wait_seconds=10, on_wait=lambda line: None)
        self.errands, self.may_work = 0, asyncio.Event()
        self.may_work.set()

    async def do(self, work: Callable[[Any], Any]) -> Any:
        self.errands += 1
        await self.may_work.wait()
        return await super().do(work)


@contextmanager
def _cart(folder: Path, batch_pages: int) -> Iterator[tuple[Cart, SlowClerk]]:
    with Stacks(folder / "shelves") as stacks:
        clerk = SlowClerk(folder / "catalogue.duckdb")
        yield Cart(stacks, clerk, batch_pages=batch_pages), clerk


def _reject(n: int) -> Batch:
    return {"rejects": [reject_row("run", None, f"https://a.example/{n}", "page", "fetch", "no such page", at=NOON)]}


def _rejects(folder: Path) -> int:
    with open_catalogue(folder / "catalogue.duckdb") as catalogue:
        return sum(row["count"] for row in catalogue.rejects_by_reason())


def test_who_fills_a_batch_waits_for_it_and_a_batch_is_loaded_once(tmp_path: Path) -> None:
    async def run() -> int:
        with _cart(tmp_path, 4) as (cart, clerk):
            clerk.may_work.clear()
            for n in range(3):
                await asyncio.wait_for(cart.add(_reject(n)), 5)
            filling = [asyncio.ensure_future(cart.add(_reject(n))) for n in range(3, 9)]
            done, _ = await asyncio.wait(filling, timeout=0.1)
            assert not done and cart.loaded["rejects"] == 0
            clerk.may_work.set()
            await asyncio.wait_for(asyncio.gather(*filling), 20)
            assert cart.loaded["rejects"] >= 4
            await cart.load()
            assert cart.loaded["rejects"] == 9
            return clerk.errands

    assert asyncio.run(run()) <= 3
    assert _rejects(tmp_path) == 9


def test_papers_that_end_one_after_the_other_share_a_load(tmp_path: Path) -> None:
    async def run() -> int:
        with _cart(tmp_path, 100) as (cart, clerk):

            async def paper(n: int) -> None:
                await asyncio.sleep(0.005 * n)
                await cart.add(_reject(n))
                await cart.load()
                kept.append(n)

            kept: list[int] = []
            await asyncio.gather(*(paper(n) for n in range(40)))
            assert sorted(kept) == list(range(40)) and cart.loaded["rejects"] == 40
            return clerk.errands

    assert asyncio.run(run()) <= 10
    assert _rejects(tmp_path) == 40


def test_nothing_on_the_cart_asks_nobody(tmp_path: Path) -> None:
    async def run() -> int:
        with _cart(tmp_path, 1) as (cart, clerk):
            await cart.load()
            return clerk.errands

    assert asyncio.run(run()) == 0


def test_what_a_batch_could_not_load_is_said_to_who_filled_it_and_stays_on_the_cart(tmp_path: Path) -> None:
    async def run() -> None:
        with _cart(tmp_path, 2) as (cart, _):
            await cart.add(_reject(0))
            with pytest.raises(LoadError, match="does not fit"):
                await cart.add({"rejects": [{"url": "https://a.example/wrong"}]})
            with pytest.raises(LoadError, match="does not fit"):
                await cart.load()
            assert cart.loaded["rejects"] == 0

    asyncio.run(run())
