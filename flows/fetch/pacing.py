"""The pace: how many requests at once, how long between two to one domain, and which host is left alone."""

from __future__ import annotations

import asyncio
import ipaddress
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import cache

from publicsuffixlist import PublicSuffixList

MOST_FAILURES = 3
"""Requests in a row that found nobody: then the host is left alone for the rest of the run."""
MOST_STRAIN = 16.0
"""A domain that shows strain is asked at most so many times more slowly than wanted."""
_LEAST_PAUSE = 1.0
"""Seconds: what a domain under strain gets as its first pause where none was wanted."""
_SLOW_RATIO = 3.0
"""An answer that takes so many times the domain's usual time shows strain."""
_USUAL_AFTER = 5
"""Answers before a domain's usual time is known."""


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


@cache
def domain_of(host: str) -> str:
    """The registrable domain of a host: one company's servers share one pace. An address stands for itself."""
    name = host.strip("[]").rstrip(".").lower()
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return _suffixes().privatesuffix(name) or name
    return name


class Pace:
    """One per run; domains are paced apart, hosts are given up apart."""

    def __init__(
        self,
        *,
        at_once: int,
        per_host: int,
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[object]],
    ) -> None:
        self._everybody = asyncio.Semaphore(at_once)
        self._domains: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(per_host))
        self._free_at: defaultdict[str, float] = defaultdict(float)
        self._closed_until: defaultdict[str, float] = defaultdict(float)
        self._strain: defaultdict[str, float] = defaultdict(lambda: 1.0)
        self._usual: dict[str, tuple[int, float]] = {}
        self._failures: Counter[str] = Counter()
        self._monotonic = monotonic
        self._sleep = sleep
        self.waited_seconds = 0.0
        """Time that requests spent waiting for their turn, all together."""

    @asynccontextmanager
    async def turn(self, host: str, delay_seconds: float) -> AsyncIterator[None]:
        """Waits until the host's domain may be asked; the next request may follow `delay_seconds` later, more under
        strain."""
        domain = domain_of(host)
        asked_at = self._monotonic()
        async with self._domains[domain]:
            start = max(self._monotonic(), self._free_at[domain])
            self._free_at[domain] = start + self._pause(domain, delay_seconds)
            # a site may ask for a rest while we wait
            while (wait := max(start, self._closed_until[domain]) - self._monotonic()) > 0:
                await self._sleep(wait)
            async with self._everybody:
                self.waited_seconds += self._monotonic() - asked_at
                yield

    def _pause(self, domain: str, wanted: float) -> float:
        strain = self._strain[domain]
        return wanted if strain <= 1.0 else max(wanted, _LEAST_PAUSE) * strain

    def close(self, host: str, seconds: float) -> None:
        """The site asks for a rest."""
        domain = domain_of(host)
        self._closed_until[domain] = max(self._closed_until[domain], self._monotonic() + seconds)

    def note(self, host: str, *, answered: bool) -> None:
        self._failures[host] = 0 if answered else self._failures[host] + 1

    def note_strain(self, host: str) -> None:
        """The site said 429 or 503: from now on it is asked half as often."""
        domain = domain_of(host)
        self._strain[domain] = min(self._strain[domain] * 2, MOST_STRAIN)

    def note_time(self, host: str, seconds: float) -> None:
        """An answer came after so long: slow ones count as strain, usual ones let it pass little by little."""
        domain = domain_of(host)
        count, usual = self._usual.get(domain, (0, seconds))
        if count >= _USUAL_AFTER and seconds > max(usual * _SLOW_RATIO, 1.0):
            self.note_strain(host)
        else:
            self._strain[domain] = max(1.0, self._strain[domain] * 0.8)
            usual += (seconds - usual) / (min(count, 20) + 1)
        self._usual[domain] = (count + 1, usual)

    def is_down(self, host: str) -> bool:
        return self._failures[host] >= MOST_FAILURES
