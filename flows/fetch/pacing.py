"""The pace: how many requests at once, how long between two to one host, and which host is left alone."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

MOST_FAILURES = 3
"""Requests in a row that found nobody: then the host is left alone for the rest of the run."""


class Pace:
    """One per run; hosts are counted apart."""

    def __init__(
        self,
        *,
        at_once: int,
        per_host: int,
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[object]],
    ) -> None:
        self._everybody = asyncio.Semaphore(at_once)
        self._hosts: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(per_host))
        self._free_at: defaultdict[str, float] = defaultdict(float)
        self._closed_until: defaultdict[str, float] = defaultdict(float)
        self._failures: Counter[str] = Counter()
        self._monotonic = monotonic
        self._sleep = sleep

    @asynccontextmanager
    async def turn(self, host: str, delay_seconds: float) -> AsyncIterator[None]:
        """Waits until the host may be asked; the next one may be `delay_seconds` later."""
        async with self._hosts[host]:
            start = max(self._monotonic(), self._free_at[host])
            self._free_at[host] = start + delay_seconds
            # a host may ask for a rest while we wait
            while (wait := max(start, self._closed_until[host]) - self._monotonic()) > 0:
                await self._sleep(wait)
            async with self._everybody:
                yield

    def close(self, host: str, seconds: float) -> None:
        """The host asks for a rest."""
        self._closed_until[host] = max(self._closed_until[host], self._monotonic() + seconds)

    def note(self, host: str, *, answered: bool) -> None:
        self._failures[host] = 0 if answered else self._failures[host] + 1

    def is_down(self, host: str) -> bool:
        return self._failures[host] >= MOST_FAILURES
