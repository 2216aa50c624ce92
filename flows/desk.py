"""The desk of one run: what all its sources share, opened once and closed in order."""

from __future__ import annotations

import asyncio
import os
import secrets
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from extractors import Entry, Source
from flows.cart import Cart
from flows.clerk import Clerk
from flows.errors import BusyError, RunError
from flows.fetch import Fetcher
from flows.memory import Memory
from flows.pool import ReadingPool
from flows.reading import ReadingDesk
from flows.settings import Settings, Tell
from flows.sources import sample_places
from warehouse import Stacks, Tombstones

_LOOK_SECONDS = 0.2
"""Between two looks at a lock that another run holds."""


def utc_now() -> datetime:
    return datetime.now(UTC)


Watch = Callable[[str, int, int, str], None]
"""Told after each page: its host, how many of the host's pages are done, how many there are, and the last outcome."""


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A line of a list of addresses that can't be taken."""

    source: str | None
    url: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Order:
    """What a run is asked to do."""

    sources: tuple[str, ...] = ()
    """Names; none means all verified ones."""
    since: date | None = None
    """Only articles that the feed dates on this day or later (or not at all)."""
    until: date | None = None
    """Only articles that the feed dates on this day or earlier (or not at all)."""
    limit: int | None = None
    """At most so many pages a source."""
    listed: Mapping[str, tuple[Entry, ...]] | None = None
    """Addresses by source, in the place of what the sources' own channels list."""
    unlisted: tuple[Unlisted, ...] = ()
    """Lines of the list that can't be taken."""
    place: str | None = None
    """Where the list stands."""

    @property
    def is_whole(self) -> bool:
        """Whether no article is left out by its day."""
        return self.since is None and self.until is None

    @property
    def parameters(self) -> dict[str, Any]:
        """As the run ledger keeps them."""
        days = {name: day.isoformat() if day else None for name, day in (("since", self.since), ("until", self.until))}
        told = {"sources": list(self.sources), **days, "limit": self.limit}
        return told if self.listed is None else {**told, "list": self.place}


@dataclass(slots=True)
class SourceReport:
    """What a run did for one source; the fields are columns of `run_sources`."""

    source: str
    listed: int = 0
    """Addresses that its feeds named."""
    new: int = 0
    """Of them never captured before, or due for another look."""
    unchanged: int = 0
    """Not asked for again, or the site said "not modified". Listed, and neither new nor unchanged, are entries that
    `fetch = "likely"` leaves aside."""
    fetched: int = 0
    read: int = 0
    visits: int = 0
    rejects: int = 0
    seconds: float = 0.0
    state: str = "done"
    note: str | None = None

    def row(self, run_id: str) -> dict[str, Any]:
        return {"run_id": run_id, **asdict(self), "seconds": round(self.seconds, 3)}


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that the steps of one run share."""

    settings: Settings
    run_id: str
    sources: Mapping[str, Source]
    stacks: Stacks
    clerk: Clerk
    cart: Cart
    memory: Memory
    fetcher: Fetcher
    pool: ReadingPool
    reader: ReadingDesk
    tell: Tell
    now: Callable[[], datetime]
    tombstones: Tombstones
    """What was erased: neither asked for nor taken from a folder, a file or the shelves."""
    watch: Watch


def unwatched(host: str, done: int, total: int, outcome: str) -> None:
    """Nobody looks on."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is, and how one waits: a test lives through three days with a clock of its own."""

    now: Callable[[], datetime] = utc_now
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep


@asynccontextmanager
async def open_desk(
    settings: Settings,
    sources: Mapping[str, Source],
    *,
    tell: Tell,
    clock: Clock | None = None,
    watch: Watch = unwatched,
) -> AsyncIterator[Desk]:
    """The desk until the block ends. Raises RunError where the archive folder can't be written."""
    clock = clock or Clock()
    limits = settings.limits
    prepare_archive(settings)
    clerk = Clerk(settings.catalogue, wait_seconds=limits.lock_wait_seconds, on_wait=tell)
    with (
        Stacks(settings.shelves) as stacks,
        ReadingPool(jobs=limits.jobs, deadline_seconds=limits.page_deadline_seconds) as pool,
    ):
        places = sample_places(settings, sources)
        async with Fetcher(
            limits,
            agent=settings.agent,
            overrides=places,
            now=clock.now,
            monotonic=clock.monotonic,
            sleep=clock.sleep,
        ) as fetcher:
            cart = Cart(stacks, clerk, batch_pages=limits.batch_pages)
            reader = ReadingDesk(pool)
            held = await clerk.do(lambda catalogue: catalogue.tombstones())
            yield Desk(
                settings=settings,
                run_id=new_run_id(),
                sources=sources,
                stacks=stacks,
                clerk=clerk,
                cart=cart,
                memory=Memory(clerk, stacks, clock.now),
                fetcher=fetcher,
                pool=pool,
                reader=reader,
                tell=tell,
                now=clock.now,
                tombstones=held,
                watch=watch,
            )


def new_run_id() -> str:
    """A name for a run that sorts by time and is never given twice."""
    return f"{utc_now():%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def prepare_archive(settings: Settings) -> None:
    """Makes the archive's folders, and tries once whether they can be written."""
    try:
        for folder in (settings.archive, settings.shelves, locks_folder(settings), orders_folder(settings)):
            folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.archive) as trial:
            trial.write(b"chancery")
            trial.flush()
            os.fsync(trial.fileno())
    except OSError as error:
        raise RunError(
            f"{settings.archive}: looked for an archive folder that can be written, was refused ({error.strerror}); "
            "mend its rights, make room, or name another with --archive or CHANCERY_ARCHIVE"
        ) from error


def locks_folder(settings: Settings) -> Path:
    return settings.archive / "locks"


def orders_folder(settings: Settings) -> Path:
    return settings.archive / "orders"


@asynccontextmanager
async def source_lock(settings: Settings, source: str, tell: Tell) -> AsyncIterator[None]:
    """Two runs of one source never overlap: the second waits, and says so. Raises BusyError after the bounded wait."""
    lock = FileLock(locks_folder(settings) / f"{source}.lock", thread_local=False)
    began, said = time.monotonic(), False
    while True:
        try:
            lock.acquire(timeout=0)
            break
        except Timeout as error:
            if time.monotonic() - began >= settings.limits.lock_wait_seconds:
                raise BusyError(
                    f"{source}: another run asks this source since more than {settings.limits.lock_wait_seconds:g} s; "
                    "wait for it, or raise limits.lock_wait_seconds"
                ) from error
        if not said:
            tell(f"{source}: another run asks this source; waiting for it")
            said = True
        await asyncio.sleep(_LOOK_SECONDS)
    try:
        yield
    finally:
        lock.release()
