"""One question on its way: what is asked for, how far the answer was followed, and why it may not be put at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from flows.fetch.capture import FetchResult, Outcome, Validators, without_user
from flows.fetch.reservation import Reservation
from flows.fetch.robots import Rules

MOST_URL = 2_000
"""Characters of an address."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for, and how far the answer was followed."""

    url: str
    validators: Validators
    delay: float
    limit: int
    right: str | None = None
    ports: frozenset[int] = frozenset()
    is_for_rules: bool = False
    """robots.txt or the reservation file itself: asked without leave, and cut where it is too long."""
    attempt: int = 1
    chain: tuple[str, ...] = ()

    @property
    def current(self) -> str:
        return self.chain[-1] if self.chain else self.url

    @property
    def host(self) -> str:
        return urlsplit(self.current).hostname or ""

    def answered(self, outcome: Outcome, **values: Any) -> FetchResult:
        chain = tuple(without_user(url) for url in self.chain)
        return FetchResult(without_user(self.url), outcome, redirects=chain, attempts=self.attempt, **values)

    def failed(self, outcome: Outcome, reason: str) -> FetchResult:
        return self.answered(outcome, detail=f"{without_user(self.current)[:300]}: {reason}")


def refused(question: Question, rules: Rules) -> FetchResult:
    """Why the page was not asked for."""
    if rules.problem is None:
        return question.failed("robots_disallowed", "robots.txt does not allow this; leave it, or ask the paper")
    if rules.problem.outcome == "refused_address":
        return question.failed("refused_address", rules.problem.detail or "")
    if rules.problem.outcome == "rate_limited" and rules.problem.status is None:  # at rest: nothing was asked at all
        return replace(rules.problem, url=question.url)
    reason = f"robots.txt can't be had, which counts as no; the next run asks again ({rules.problem.detail})"
    return question.failed("robots_unreachable", reason)


def not_taken(question: Question, told: Reservation) -> FetchResult:
    reason = "text and data mining is reserved; leave it, or name your right under [manners] of the source file"
    return replace(question.failed("tdm_reserved", f"{reason} ({told.basis})"), reservation=told.text)


def url_problem(url: str) -> str | None:
    """Why this is no address that may be asked for, or None."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        return f"{without_user(url)[:200]}: no address ({error})"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return f"{without_user(url)[:200]}: only http and https addresses are fetched"
    if len(url) > MOST_URL:
        return f"{without_user(url)[:200]}…: longer than {MOST_URL:,} characters"
    return f"{parts.hostname}: an address with a user name in it is not fetched" if "@" in parts.netloc else None
