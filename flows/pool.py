"""The reading desks: worker processes that read one page each within a deadline.

The face, for `chancery read` and for the ingest flow alike:

    with ReadingPool(jobs=2, deadline_seconds=20) as pool:
        for outcome in pool.map(function, inputs): ...      # in order, streaming, bounded in flight
        outcome = await pool.read(function, value)          # from asyncio

`function` is a module-level function of one picklable value. A page that is stuck, or that fells its worker, gives an
`Outcome` with `error`; its worker is replaced and the rest goes on.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as DeadlineError
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Generic, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

In = TypeVar("In")
Out = TypeVar("Out")

_IN_FLIGHT_PER_JOB = 8
_TASKS_PER_WORKER = 5_000
"""A worker is renewed after so many pages, so that whatever a page leaves behind does not pile up."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Out]):
    """What became of one input: its value, or the error that says why there is none."""

    value: Out | None = None
    error: str | None = None


def _settle_worker() -> None:
    """The imports are done: take them out of the collector's rounds, and let it run rarely."""
    import extractors  # noqa: F401

    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


class ReadingPool:
    """Worker processes with a deadline a task; a context manager."""

    def __init__(self, *, jobs: int = 1, deadline_seconds: float | None = 20.0, is_for_pages: bool = True) -> None:
        """Without a deadline a task may take as long as it takes; workers that read no page don't load the readers."""
        self.jobs = max(1, jobs)
        self.deadline_seconds = deadline_seconds
        self._pool = ProcessPool(
            max_workers=self.jobs,
            max_tasks=_TASKS_PER_WORKER,
            initializer=_settle_worker if is_for_pages else None,
            context=multiprocessing.get_context("spawn"),
        )

    def __enter__(self) -> ReadingPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()

    def map(self, function: Callable[[In], Out], inputs: Iterable[In]) -> Iterator[Outcome[Out]]:
        """One outcome an input, in order; never more than a few inputs a worker are held."""
        waiting: deque[ProcessFuture[Any]] = deque()
        for value in inputs:
            waiting.append(self._schedule(function, value))
            if len(waiting) >= self.jobs * _IN_FLIGHT_PER_JOB:
                yield self._outcome(waiting.popleft())
        while waiting:
            yield self._outcome(waiting.popleft())

    async def read(self, function: Callable[[In], Out], value: In) -> Outcome[Out]:
        """The outcome of one input, awaited."""
        future = self._schedule(function, value)
        awaited = asyncio.wrap_future(future)
        # of a run that is broken off nobody asks any more what became of the page
        awaited.add_done_callback(lambda done: done.cancelled() or done.exception())
        await asyncio.wait([awaited])
        return self._outcome(future)

    def _schedule(self, function: Callable[[Any], Any], value: object) -> ProcessFuture[Any]:
        return self._pool.schedule(function, args=[value], timeout=self.deadline_seconds)

    def _outcome(self, future: ProcessFuture[Any]) -> Outcome[Any]:
        try:
            return Outcome(value=future.result())
        except DeadlineError:
            return Outcome(error=f"reading the page took more than {self.deadline_seconds:g} s; its worker was ended")
        except ProcessExpired as error:
            return Outcome(error=f"reading the page felled its worker (exit code {error.exitcode}); look at it by hand")
        except Exception as error:  # noqa: BLE001  the worker's own error, of whatever kind, becomes this page's row
            return Outcome(error=f"{type(error).__name__}: {error}")
