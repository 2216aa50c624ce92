"""The book of answers: what each site said once a run, or said so lately that it still holds."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from flows.fetch.capture import FetchResult


class AnswerBook:
    """An address is asked for once, by whoever comes first; the others wait for the same answer."""

    def __init__(self, fetch: Callable[[str], Awaitable[FetchResult]]) -> None:
        self._fetch = fetch
        self._held: dict[str, FetchResult] = {}
        self._asked: dict[str, asyncio.Task[FetchResult]] = {}

    async def of(self, address: str) -> FetchResult:
        """The answer of this run, or the one that still holds."""
        if address in self._held:
            return self._held[address]
        if address not in self._asked:
            self._asked[address] = asyncio.create_task(self._ask(address))
        return await asyncio.shield(self._asked[address])

    async def _ask(self, address: str) -> FetchResult:
        return await self._fetch(address)

    def remember(self, answers: Mapping[str, FetchResult]) -> None:
        """Answers of earlier runs that still hold."""
        self._held.update(answers)

    def told(self) -> dict[str, FetchResult]:
        """What was asked for in this run and may hold for the next: files that came, and that there is none.

        A site that is ill, or that asks for a rest, is asked anew.
        """
        done = (task.result() for task in self._asked.values() if _is_answered(task))
        return {answer.url: answer for answer in done if _may_hold(answer)}


def _is_answered(task: asyncio.Task[FetchResult]) -> bool:
    return task.done() and not task.cancelled() and task.exception() is None


def _may_hold(answer: FetchResult) -> bool:
    is_missing = answer.outcome == "gone" or (answer.status is not None and 400 <= answer.status < 500)
    return answer.outcome == "ok" or (is_missing and answer.outcome != "rate_limited")
