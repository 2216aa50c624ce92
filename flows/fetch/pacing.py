"""The pace: how many requests at once, how long between two to one domain, and which host is left alone."""

from __future__ import annotations

import asyncio
import ipaddress
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from publicsuffixlist import PublicSuffixList

from flows.fetch.capture import Outcome

MOST_REST = 120.0
"""Seconds that a run waits for a site that asks for a rest; longer is left to a later run."""
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


class RestError(Exception):
    """The host is to be left alone for longer than a run waits; `outcome` and `seconds` say why and how long."""

    def __init__(self, outcome: Outcome, seconds: float) -> None:
        super().__init__(f"left alone for {seconds:.0f} s more")
        self.outcome, self.seconds = outcome, seconds


@dataclass(frozen=True, slots=True)
class HostState:
    """What one run tells the next of a host or a registrable domain."""

    rest_until: datetime | None = None
    """It asked to be left alone, or was found down: not asked before then."""
    failures: int = 0
    """Runs in a row in which it did not answer."""

    @property
    def outcome(self) -> Outcome:
        """The word for a request that is not made because of it."""
        return "network_error" if self.failures else "rate_limited"


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
        """When the next request to a domain is planned at the earliest."""
        self._not_before: defaultdict[str, float] = defaultdict(float)
        """When it may be put: one that had to queue for a connection of ours was later than planned."""
        self._closed_until: dict[str, tuple[float, Outcome]] = {}
        """By host or domain: until when it is left alone, and the word for it."""
        self._strain: defaultdict[str, float] = defaultdict(lambda: 1.0)
        self._usual: dict[str, tuple[int, float]] = {}
        self._failures: Counter[str] = Counter()
        self._monotonic = monotonic
        self._sleep = sleep
        self.waited_seconds = 0.0
        """Time that requests waited for their host's turn, all together."""
        self.queued_seconds = 0.0
        """Time that they waited, their turn come, for one of the run's own connections."""
        self.asked_seconds = 0.0
        """Time from question to answer."""

    @asynccontextmanager
    async def turn(self, host: str, delay_seconds: float) -> AsyncIterator[None]:
        """Waits until the host's domain may be asked; the next request may follow `delay_seconds` later, more under
        strain. Raises RestError where that is longer away than a run waits."""
        domain = domain_of(host)
        asked_at = self._monotonic()
        async with self._domains[domain]:
            self._check_rest(host)
            pause = self._pause(domain, delay_seconds)
            start = max(self._monotonic(), self._free_at[domain])
            self._free_at[domain] = start + pause
            has_asked = False
            while not has_asked:
                # a site may ask for a rest while we wait
                while (wait := max(start - self._monotonic(), self._due_in(domain), self._rest(host)[0])) > 0:
                    self._check_rest(host)
                    await self._sleep(wait)
                free_at = self._monotonic()
                self.waited_seconds += free_at - asked_at
                async with self._everybody:
                    began = asked_at = self._monotonic()
                    self.queued_seconds += began - free_at
                    if self._due_in(domain) > 0:  # the one before had to queue as well
                        continue
                    self._not_before[domain], has_asked = began + pause, True
                    try:
                        yield
                    finally:
                        self.asked_seconds += self._monotonic() - began

    def _due_in(self, domain: str) -> float:
        return self._not_before[domain] - self._monotonic()

    def _check_rest(self, host: str) -> None:
        seconds, outcome = self._rest(host)
        if seconds > MOST_REST:
            raise RestError(outcome, seconds)

    def _rest(self, host: str) -> tuple[float, Outcome]:
        """Seconds for which the host is left alone, and the word for it."""
        closed = [self._closed_until[name] for name in (host, domain_of(host)) if name in self._closed_until]
        until, outcome = max(closed, default=(0.0, "rate_limited"))
        return max(0.0, until - self._monotonic()), outcome

    def _pause(self, domain: str, wanted: float) -> float:
        strain = self._strain[domain]
        return wanted if strain <= 1.0 else max(wanted, _LEAST_PAUSE) * strain

    def close(self, name: str, seconds: float, outcome: Outcome = "rate_limited") -> None:
        """A host or domain is left alone from now on for so long."""
        until = self._monotonic() + seconds
        if until > self._closed_until.get(name, (0.0, outcome))[0]:
            self._closed_until[name] = until, outcome

    def rests(self) -> dict[str, float]:
        """Hosts and domains that asked for a rest which is not over, with the seconds left."""
        now = self._monotonic()
        asked = {name: until - now for name, (until, why) in self._closed_until.items() if why == "rate_limited"}
        return {name: seconds for name, seconds in asked.items() if seconds > 0}

    def answered(self) -> dict[str, bool]:
        """Every host that was asked: whether it answers, or is given up."""
        return {host: count < MOST_FAILURES for host, count in self._failures.items()}

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
