"""The reader's desk: one page in, one record out, whatever the page is; a batch of pages costs one errand.

    with ReadingPool(jobs=2) as pool:
        for record in read_stream(pool, tasks): ...       # in order, streaming
        records = await read_batch(pool, tasks)           # from asyncio

A page that can't be read gives a record with `error`. A batch has the deadline of one page: where it isn't kept, or the
worker falls, each of its pages is read again alone, so that a stuck page costs itself only.
"""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import extractors
from extractors import Article, Coding, Entry, FeedError, FeedReading, PageError, Source
from flows.pool import Outcome, ReadingPool
from warehouse import Shelfmark, Stacks, StacksError

BATCH_PAGES = 8
"""Pages of one errand to a worker: enough to make its cost small, few enough to read again alone."""
_ERRANDS_PER_JOB = 2
"""One that is read and one that waits at the worker's door."""
TEXT_ENDING = ".txt"
PACKED_ENDING = ".gz"

Record = dict[str, Any]
"""The codebook's record form of one page; `error` only where the page could not be read."""


@dataclass(frozen=True, slots=True)
class PageTask:
    """One page to read: its bytes, or the file that holds them, and what is known of it from elsewhere."""

    id: str | None = None
    url: str | None = None
    path: Path | None = None
    """A page (.html, .html.gz …) or a text file (.txt, .txt.gz), opened by the worker."""
    data: bytes | None = None
    shelves: Path | None = None
    """The folder of the shelves, where the page stands at `mark`; opened by the worker."""
    mark: Shelfmark | None = None
    max_bytes: int = 5_000_000
    charset: str | None = None
    """As the HTTP header said."""
    source: Source | None = None
    captured_on: date | None = None
    entry: Entry | None = None
    """What the feed said of the page."""
    published_on: str | None = None
    language: str | None = None
    rules: bool = False
    """Whether evidence keeps the name of the rule that read it."""
    problem: str | None = None
    """Why there is nothing to read, where that is known before."""


def read_pages(tasks: Sequence[PageTask]) -> list[Record]:
    """One record a task; runs in a worker."""
    return [read_page(task) for task in tasks]


def read_page(task: PageTask) -> Record:
    """The record of one page; one that can't be read gives a record with `error`."""
    if task.problem:
        return error_record(task, task.problem)
    try:
        article = _article(task, bytes_of(task))
        coding = extractors.read_visits(article)
    except (PageError, StacksError) as error:
        return error_record(task, str(error))
    except (OSError, EOFError, zlib.error) as error:
        return error_record(task, f"{task.path}: looked for a page, found none that can be opened ({error})")
    except Exception as error:  # noqa: BLE001  a fault of ours on one page costs that page only, told in its line
        fault = f"{type(error).__name__}: {error}"
        return error_record(task, f"{_name(task)}: the reader failed ({fault}); report the page")
    return extractors.record_form(article, coding, id=task.id, url=task.url, rules=task.rules)


def error_record(task: PageTask, error: str) -> Record:
    """The record of a page without a reading: every field as "not printed", and why."""
    return {**extractors.record_form(Article(), Coding(), id=task.id, url=task.url), "error": error}


def read_stream(pool: ReadingPool, tasks: Iterable[PageTask]) -> Iterator[Record]:
    """One record a task, in order; only a few batches a worker are held at a time."""
    sent: deque[list[PageTask]] = deque()

    def batches() -> Iterator[list[PageTask]]:
        waiting = iter(tasks)
        while batch := list(islice(waiting, BATCH_PAGES)):
            sent.append(batch)
            yield batch

    for outcome in pool.map(read_pages, batches()):
        batch = sent.popleft()
        if outcome.value is not None:
            yield from outcome.value
        elif len(batch) == 1:
            yield _settled(batch[0], outcome)
        else:
            yield from (_settled(task, next(pool.map(read_pages, [[task]]))) for task in batch)


async def read_batch(pool: ReadingPool, tasks: Sequence[PageTask]) -> list[Record]:
    """One record a task, in order; for tasks that hold their bytes."""
    records: list[Record] = []
    for start in range(0, len(tasks), BATCH_PAGES):
        batch = tasks[start : start + BATCH_PAGES]
        outcome = await pool.read(read_pages, batch)
        if outcome.value is not None:
            records += outcome.value
        else:
            records += [_settled(task, await pool.read(read_pages, [task])) for task in batch]
    return records


HEAVY_BYTES = 256_000
"""A longer list of news is read by a worker, within the deadline of a page: a hostile one then stops nobody else."""


async def read_feed_in(pool: ReadingPool, data: bytes, url: str, selector: str | None) -> FeedReading:
    """The list of news, read here where it is short and plain. Raises FeedError, also for one that took too long."""
    if len(data) <= HEAVY_BYTES and data[:2] != b"\x1f\x8b" and b"<!ENTITY" not in data:
        return extractors.read_feed(data, url=url, selector=selector)
    outcome = await pool.read(_feed_or_reason, (data, url, selector))
    if isinstance(outcome.value, FeedReading):
        return outcome.value
    raise FeedError(outcome.value or f"{url}: {outcome.error}")


def _feed_or_reason(asked: tuple[bytes, str, str | None]) -> FeedReading | str:
    """The reading, or why there is none; runs in a worker."""
    data, url, selector = asked
    try:
        return extractors.read_feed(data, url=url, selector=selector)
    except FeedError as error:
        return str(error)


class ReadingDesk:
    """Reads pages as they come, of all sources at once: what arrives while the workers are busy shares an errand."""

    def __init__(self, pool: ReadingPool) -> None:
        self._pool = pool
        self._waiting: deque[tuple[PageTask, asyncio.Future[Record]]] = deque()
        self._errands: set[asyncio.Task[None]] = set()

    async def read(self, task: PageTask) -> Record:
        """The record of one page that holds its bytes, awaited."""
        place: asyncio.Future[Record] = asyncio.get_running_loop().create_future()
        self._waiting.append((task, place))
        self._send()
        return await place

    def _send(self) -> None:
        while self._waiting and len(self._errands) < self._pool.jobs * _ERRANDS_PER_JOB:
            batch = [self._waiting.popleft() for _ in range(min(BATCH_PAGES, len(self._waiting)))]
            errand = asyncio.create_task(self._run(batch))
            self._errands.add(errand)
            errand.add_done_callback(self._done)

    def _done(self, errand: asyncio.Task[None]) -> None:
        self._errands.discard(errand)
        self._send()

    async def _run(self, batch: list[tuple[PageTask, asyncio.Future[Record]]]) -> None:
        try:
            records = await read_batch(self._pool, [task for task, _ in batch])
        except asyncio.CancelledError:
            for _, place in batch:
                place.cancel()
            raise
        except Exception as error:  # noqa: BLE001  whoever waits for one of these pages raises it
            for _, place in batch:
                place.set_exception(error)
            return
        for (_, place), record in zip(batch, records, strict=True):
            if not place.done():  # a run that was broken off waits no more
                place.set_result(record)


def _settled(task: PageTask, alone: Outcome[list[Record]]) -> Record:
    """The record of a page that was read alone, or the error that ended its worker."""
    if alone.value is not None:
        return alone.value[0]
    return error_record(task, f"{_name(task)}: {alone.error}")


def _name(task: PageTask) -> str:
    return str(task.url or task.path or task.id or "a page")


def bytes_of(task: PageTask) -> bytes:
    """The page's bytes, unpacked and bounded. Raises PageError, StacksError, OSError, EOFError, zlib.error."""
    if task.data is not None:
        return task.data
    if task.shelves is not None and task.mark is not None:
        return Stacks(task.shelves).get(task.mark).body
    if task.path is None:
        raise PageError(f"{_name(task)}: neither bytes nor a file were given")
    packed = task.path.suffix.lower() == PACKED_ENDING
    with gzip.open(task.path) if packed else task.path.open("rb") as lines:
        data = lines.read(task.max_bytes + 1)
    if len(data) > task.max_bytes:
        raise PageError(f"{task.path}: more than {task.max_bytes:,} bytes; raise limits.page_bytes if it is honest")
    return data


def _article(task: PageTask, data: bytes) -> Article:
    if task.path is not None and is_text(task.path):
        return extractors.read_text(data, url=task.url, published_on=task.published_on, language=task.language)
    return extractors.read_article(
        data,
        url=task.url,
        charset=task.charset,
        source=task.source,
        captured_on=task.captured_on,
        entry=task.entry,
        published_on=task.published_on,
        language=task.language,
    )


def is_text(path: Path) -> bool:
    """Whether the file holds plain text, by its name."""
    name = path.name.lower().removesuffix(PACKED_ENDING)
    return name.endswith(TEXT_ENDING)
