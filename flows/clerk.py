"""The one hand that writes: opens the catalogue under its lock for what waits, and closes it again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from warehouse import Catalogue, open_catalogue

T = TypeVar("T")
_Errand = tuple[Callable[[Catalogue], Any], "asyncio.Future[Any]"]
Question = Callable[[Catalogue, Sequence[str]], Mapping[str, T]]
"""What the catalogue answers of each of these addresses; none for one of which it knows nothing."""


class Clerk:
    """`await clerk.do(lambda catalogue: catalogue.load(rows))`.

    Errands that come in while the catalogue is open wait, and share the next opening; between two openings the lock is
    free, so that another run's batches go in between. A question that several put meanwhile is asked once, with the
    addresses of all: five hundred papers that are due at once cost about as many questions as one.
    """

    def __init__(self, path: Path, *, wait_seconds: float, on_wait: Callable[[str], None]) -> None:
        self._path, self._wait_seconds, self._on_wait = path, wait_seconds, on_wait
        self._waiting: list[_Errand] = []
        self._questions: dict[Question[Any], tuple[dict[str, None], asyncio.Future[Any]]] = {}
        """Of the questions among what waits: the addresses that they ask of, and their answer to come."""
        self._at_work: asyncio.Task[None] | None = None

    async def do(self, work: Callable[[Catalogue], T]) -> T:
        """What `work` returns or raises; it runs in a thread, alone with the catalogue."""
        result: T = await self._send(work)
        return result

    async def ask(self, question: Question[T], urls: Sequence[str]) -> dict[str, T]:
        """The catalogue's answer for these addresses, of those that it knows; what the question raises."""
        if not urls:
            return {}
        if question not in self._questions:
            of_all: dict[str, None] = {}
            self._questions[question] = of_all, self._send(lambda catalogue: question(catalogue, list(of_all)))
        asked, future = self._questions[question]
        asked.update(dict.fromkeys(urls))
        answer: Mapping[str, T] = await asyncio.shield(future)  # an asker that is broken off leaves it to the others
        return {url: answer[url] for url in urls if url in answer}

    def _send(self, work: Callable[[Catalogue], Any]) -> asyncio.Future[Any]:
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, future))
        if self._at_work is None or self._at_work.done():
            # a task of its own: a batch that was begun is brought to its end even where the asker is broken off
            self._at_work = asyncio.create_task(self._settle())
        return future

    async def _settle(self) -> None:
        while self._waiting:
            errands, self._waiting = self._waiting, []
            self._questions = {}  # who asks from here on is too late for these
            try:
                answers = await asyncio.to_thread(self._open, [work for work, _ in errands])
            except Exception as error:  # noqa: BLE001  handed to the askers, who raise it
                answers = [(None, error)] * len(errands)
            for (_, future), (answer, problem) in zip(errands, answers, strict=True):
                if future.done():
                    continue
                if problem is None:
                    future.set_result(answer)
                else:
                    future.set_exception(problem)

    def _open(self, errands: list[Callable[[Catalogue], Any]]) -> list[tuple[Any, Exception | None]]:
        with open_catalogue(self._path, wait_seconds=self._wait_seconds, on_wait=self._on_wait) as catalogue:
            return [_attempt(work, catalogue) for work in errands]


def _attempt(work: Callable[[Catalogue], Any], catalogue: Catalogue) -> tuple[Any, Exception | None]:
    """What one errand gave or why it failed: one that fails must not take the others down."""
    try:
        return work(catalogue), None
    except Exception as error:  # noqa: BLE001  handed to the asker, who raises it
        return None, error
