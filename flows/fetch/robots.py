"""The house rules of each site: robots.txt by RFC 9309, asked for once a run and held for a day at most."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from flows.fetch.answers import AnswerBook
from flows.fetch.capture import FetchResult

ROBOTS_FILE = "/robots.txt"
ROBOTS_BYTES = 512_000
"""RFC 9309, 2.5: at least 500 KiB are read; what follows is not."""
MOST_DELAY = 60.0
"""Seconds: a longer crawl-delay would never end a run."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site allows; `problem` is the request that should have told us, which counts as no."""

    parsed: Protego | None = None
    problem: FetchResult | None = None

    def allow(self, url: str, agent: str) -> bool:
        return self.problem is None and (self.parsed is None or bool(self.parsed.can_fetch(url, agent)))

    def verdict(self, url: str, agent: str) -> str:
        """The word that is kept with the fetch."""
        if self.problem is not None:
            return "unreachable"
        if self.parsed is None:
            return "absent"
        return "allowed" if self.allow(url, agent) else "disallowed"

    def delay(self, agent: str) -> float:
        """Seconds between two requests that the site asks for; 0 where it asks for nothing."""
        asked = self.parsed.crawl_delay(agent) if self.parsed else None
        return min(float(asked), MOST_DELAY) if asked else 0.0


def read_rules(result: FetchResult) -> Rules:
    """5xx, 429 and a network that fails count as no; any other 4xx says that there are no rules."""
    if result.capture is not None:
        text = result.capture.body.decode("utf-8", errors="replace")
        return Rules(parsed=Protego.parse(text))
    is_refusal = result.outcome in ("http_error", "walled") and 400 <= (result.status or 0) < 500
    if result.outcome == "gone" or is_refusal:
        return Rules()
    # RFC 9309, 2.3.1.2: after five redirects the rules may be taken as absent
    return Rules() if result.outcome == "too_many_redirects" else Rules(problem=result)


class RobotsBook:
    """The rules of every site of a run, each asked for once, by whoever comes first, unless an earlier answer holds."""

    def __init__(self, fetch: Callable[[str], Awaitable[FetchResult]]) -> None:
        self._answers = AnswerBook(fetch)
        self._read: dict[str, Rules] = {}

    async def rules(self, url: str) -> Rules:
        parts = urlsplit(url)
        address = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], ROBOTS_FILE, "", ""))
        if address not in self._read:
            self._read[address] = read_rules(await self._answers.of(address))
        return self._read[address]

    def remember(self, answers: Mapping[str, FetchResult]) -> None:
        self._answers.remember(
            {address: answer for address, answer in answers.items() if address.endswith(ROBOTS_FILE)}
        )

    def told(self) -> dict[str, FetchResult]:
        return self._answers.told()
