"""The same story from the shelves: pages read again with today's readers, laid aside until somebody accepts them.

    report = stage_replay(settings, ReplayOrder(), tell=print)     # reads; killed half-way, it goes on where it was
    difference = replay_difference(settings, tell=print)           # what would change
    counts = accept_staged(settings, tell=print)                   # takes it in as new wordings

Plain functions without network and Prefect; `flows/replay.py` makes a flow of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from typing import Any

import extractors
import warehouse
from extractors import Source
from flows.desk import new_run_id, utc_now
from flows.errors import RunError
from flows.feed_history import FeedHistory
from flows.pool import ReadingPool
from flows.reading import PageTask, read_stream
from flows.rows import Batch, merged, page_rows, visit_count
from flows.settings import Settings, Tell
from flows.sources import declared_sources
from warehouse import Catalogue, PageOnShelf, ReplayDifference, open_catalogue


@dataclass(frozen=True, slots=True)
class ReplayOrder:
    """Which part of the archive is read again; nothing named means all of it."""

    sources: tuple[str, ...] = ()
    since: date | None = None
    """Only pages captured on this day (UTC) or later."""
    until: date | None = None
    """Only pages captured on this day (UTC) or earlier."""

    @property
    def parameters(self) -> dict[str, Any]:
        """As the ledger keeps them, with the versions of the readers: a replay goes on only where both are the same."""
        return {
            "sources": sorted(self.sources),
            "since": self.since and self.since.isoformat(),
            "until": self.until and self.until.isoformat(),
            "reader_version": extractors.reader_version(),
            "coder_version": extractors.coder_version(),
        }


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """What a replay read."""

    run_id: str
    pages: int = 0
    """Read by this call."""
    before: int = 0
    """Read before, by a replay that was broken off."""
    unread: int = 0
    """Of `pages`, those that could not be read."""
    visits: int = 0
    seconds: float = 0.0


def stage_replay(
    settings: Settings, order: ReplayOrder, *, tell: Tell, advance: Callable[[int], None] = lambda pages: None
) -> ReplayReport:
    """Reads the ordered part of the shelves and lays the readings aside.

    Raises RunError, SourceError, WarehouseError.
    """
    if not settings.catalogue.exists():
        raise RunError(f"{settings.catalogue}: looked for an archive to read again, found none; run `chancery ingest`")
    declared, limits, began = declared_sources(settings), settings.limits, time.monotonic()
    chosen = _ordered_sources(settings, order, tell)
    with (
        _staged(settings, order, tell) as (staged, run_id),
        ReadingPool(jobs=limits.jobs, deadline_seconds=limits.page_deadline_seconds) as pool,
    ):
        pages = before = unread = visits = 0
        for source in chosen:
            left, done = _left(settings, staged, source, order, tell)
            before += done
            paper = declared.get(source or "")
            if left and source and paper is None:
                tell(f"{source}: not declared in these settings; its pages are read without its layouts")
            history = _history(settings, source, paper, tell) if left else FeedHistory({})
            ready: list[Batch] = []
            tasks = (_task(settings, page, paper, history) for page in left)
            for page, record in zip(left, read_stream(pool, tasks), strict=True):
                ready.append(page_rows(page, page.mark, record, run_id=run_id, source=source))
                pages, visits = pages + 1, visits + visit_count(record)
                unread += "error" in record
                if len(ready) >= limits.batch_pages:
                    staged.load(merged(ready))
                    ready.clear()
                advance(1)
            staged.load(merged(ready))
        report = ReplayReport(run_id, pages, before, unread, visits, round(time.monotonic() - began, 3))
        staged.end_run(run_id, utc_now(), "done", {"pages": pages + before, "unread": unread})
    return report


def count_pages(settings: Settings, order: ReplayOrder, tell: Tell) -> int:
    """How many captures the order names, read or not."""
    with _archive(settings, tell) as catalogue:
        sources = _chosen(catalogue.sources_with_pages(), order)
        return sum(len(_pages(catalogue, source, order)) for source in sources)


def replay_difference(settings: Settings, *, tell: Tell, examples: int = 3) -> ReplayDifference:
    """What accepting the waiting replay would change. Raises CatalogueError where none waits."""
    with _archive(settings, tell) as catalogue:
        return warehouse.compare_replay(catalogue, settings.replay, examples=examples)


def accept_staged(settings: Settings, *, tell: Tell) -> Mapping[str, int]:
    """Takes the waiting replay in, whole, and removes it. Raises RunError where it did not come to its end."""
    with open_catalogue(settings.replay, wait_seconds=0) if settings.replay.exists() else _none(settings) as staged:
        run_id, state, parameters = staged.first_run() or ("", "", {})
    if state != "done":
        raise RunError(f"{settings.replay}: this replay was broken off; call `chancery replay` again, it goes on there")
    at = utc_now()
    with _archive(settings, tell) as catalogue:
        catalogue.begin_run(run_id, "replay", at, parameters)
        counts = warehouse.accept_replay(catalogue, settings.replay, at)
        catalogue.end_run(run_id, utc_now(), "done", counts)
    discard_staged(settings)
    return counts


def discard_staged(settings: Settings) -> bool:
    """Removes the waiting replay; False where none waits."""
    found = settings.replay.exists()
    for path in (settings.replay, *settings.replay.parent.glob(f"{settings.replay.name}.*")):
        path.unlink(missing_ok=True)
    return found


def _none(settings: Settings) -> Any:
    raise RunError(f"{settings.replay}: looked for a replay, found none; run `chancery replay` first")


class _staged:
    """The replay's own catalogue, open: the waiting one where it was made by the same order and readers."""

    def __init__(self, settings: Settings, order: ReplayOrder, tell: Tell) -> None:
        self._settings, self._order, self._tell = settings, order, tell

    def __enter__(self) -> tuple[Catalogue, str]:
        settings, wanted = self._settings, self._order.parameters
        with _archive(settings, self._tell) as archive:
            sources = archive.declared()
        self._open = open_catalogue(settings.replay, wait_seconds=0)
        held = self._open.first_run()
        if held and _is_other_order(held[2], wanted):
            self._open.close()
            raise RunError(
                f"{settings.replay}: another replay waits ({_said(held[2])}); see `chancery replay --diff`, then "
                "--accept or --discard it"
            )
        if held and held[2] != wanted:
            self._tell("the readers are others than when this replay began: it begins again")
            self._open.close()
            discard_staged(settings)
            self._open, held = open_catalogue(settings.replay, wait_seconds=0), None
        if held is None:
            self._open.register_sources(sources)
            held = (new_run_id(), "running", wanted)
            self._open.begin_run(held[0], "replay", utc_now(), wanted)
        return self._open, held[0]

    def __exit__(self, *problem: object) -> None:
        self._open.close()


def _is_other_order(held: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return any(held[name] != wanted[name] for name in ("sources", "since", "until"))


def _said(parameters: Mapping[str, Any]) -> str:
    sources = ", ".join(parameters["sources"]) or "all sources"
    days = [f"{name} {parameters[name]}" for name in ("since", "until") if parameters[name]]
    return " ".join([sources, *days])


def _archive(settings: Settings, tell: Tell) -> Catalogue:
    return open_catalogue(settings.catalogue, wait_seconds=settings.limits.lock_wait_seconds, on_wait=tell)


def _ordered_sources(settings: Settings, order: ReplayOrder, tell: Tell) -> list[str | None]:
    with _archive(settings, tell) as catalogue:
        return _chosen(catalogue.sources_with_pages(), order)


def _chosen(found: Sequence[str | None], order: ReplayOrder) -> list[str | None]:
    missing = sorted(set(order.sources) - set(found))
    if missing:
        raise RunError(f"{', '.join(missing)}: looked for its pages on the shelves, found none; see `chancery sources`")
    return [source for source in found if not order.sources or source in order.sources]


def _pages(catalogue: Catalogue, source: str | None, order: ReplayOrder) -> list[PageOnShelf]:
    """The pages of a source that the order's days name."""
    midnight = clock_time(tzinfo=UTC)
    since = datetime.combine(order.since, midnight) if order.since else None
    until = datetime.combine(order.until + timedelta(days=1), midnight) if order.until else None
    return catalogue.on_shelf(source, since=since, until=until)


def _left(
    settings: Settings, staged: Catalogue, source: str | None, order: ReplayOrder, tell: Tell
) -> tuple[list[PageOnShelf], int]:
    """Pages of a source that are still to be read, and how many are read."""
    with _archive(settings, tell) as catalogue:
        pages = _pages(catalogue, source, order)
    done = {page.mark for page in staged.on_shelf(source)}
    left = [page for page in pages if page.mark not in done]
    return left, len(pages) - len(left)


def _history(settings: Settings, name: str | None, source: Source | None, tell: Tell) -> FeedHistory:
    with _archive(settings, tell) as catalogue:
        feeds = catalogue.on_shelf(name, are_pages=False)
    return FeedHistory.read(settings.shelves, feeds, source, tell=tell)


def _task(settings: Settings, page: PageOnShelf, source: Source | None, history: FeedHistory) -> PageTask:
    return PageTask(
        url=page.final_url,
        shelves=settings.shelves,
        mark=page.mark,
        charset=page.charset,
        source=source,
        captured_on=page.captured_at.date(),
        entry=history.entry(page.url, page.captured_at),
        rules=True,
    )
