"""The catalogue made anew from the shelves alone: aside, going on where it was broken off, in its place once whole.

What only the catalogue knew is lost with it: the ledger of runs, what hosts asked of us, readings of earlier readers.
What stands on the shelves comes back: captures, requests and their verdicts, articles, wordings, reports, visits.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import warehouse
from extractors import Entry, Source
from flows.desk import new_run_id, utc_now
from flows.errors import RunError
from flows.feed_history import FeedHistory
from flows.pool import ReadingPool
from flows.reading import PageTask, Record, read_stream
from flows.rows import Batch, merged, source_row
from flows.settings import Settings, Tell
from flows.shelf_rows import shelved_channel_rows, shelved_note_rows, shelved_page_rows
from flows.sources import declared_sources
from warehouse import Catalogue, PageOnShelf, Shelfmark, ShelvedCapture, ShelvedNote, Stacks, open_catalogue

ASIDE = "catalogue.rebuilt.duckdb"
"""The new catalogue's name until it is whole."""
BATCH = 400
"""Documents loaded in one transaction."""
_Feeds = Mapping[str | None, FeedHistory]
_Standing = tuple[Shelfmark, ShelvedCapture | ShelvedNote]


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What became of a rebuild."""

    pages: int
    """Read by this call."""
    captures: int
    """On the shelves and in the new catalogue."""
    reports: int
    moved_to: Path | None
    """Where the old catalogue stands now; None where there was none."""


def rebuild_catalogue(
    settings: Settings, *, tell: Tell, advance: Callable[[int], None] = lambda documents: None
) -> RebuildReport:
    """Makes the catalogue from the WARC files, and moves the old one aside once the new one is whole.

    Killed half-way, it goes on where it was when it is called again. Raises RunError where there are no shelves,
    SourceError, WarehouseError.
    """
    if not settings.shelves.is_dir():
        raise RunError(f"{settings.shelves}: looked for shelves, found none; nothing can be made anew")
    declared, aside, pages = declared_sources(settings), settings.archive / ASIDE, 0
    with Stacks(settings.shelves) as stacks, open_catalogue(aside, wait_seconds=0) as catalogue:
        limits, held = settings.limits, _look_through(stacks)
        run_id = _begin(catalogue, held, declared, tell)
        feeds: _Feeds = {
            name: FeedHistory.read(settings.shelves, looks, declared.get(name), tell=tell)
            for name, looks in held.items()
            if looks
        }
        with ReadingPool(jobs=limits.jobs, deadline_seconds=limits.page_deadline_seconds) as pool:
            ready: list[Batch] = []
            left = stacks.documents(after=catalogue.shelved())
            for (mark, document), record in _read(left, pool, settings.shelves, declared, feeds):
                ready.append(_rows(document, mark, record, run_id))
                pages += record is not None
                advance(1)
                if len(ready) >= BATCH:
                    catalogue.load(merged(ready))
                    ready.clear()
            catalogue.load(merged(ready))
        catalogue.resolve()
        captures, reports = warehouse.holdings(catalogue)
        catalogue.end_run(run_id, utc_now(), "done", {"captures": captures, "reports": reports, "pages": pages})
    moved = warehouse.replace_catalogue(
        settings.catalogue, aside, utc_now(), wait_seconds=limits.lock_wait_seconds, on_wait=tell
    )
    return RebuildReport(pages, captures, reports, moved)


def _begin(catalogue: Catalogue, names: Iterable[str], declared: Mapping[str, Source], tell: Tell) -> str:
    """Registers the sources whose documents stand on the shelves, once, and begins or goes on with the run."""
    running = [run for run in catalogue.last_runs() if run["kind"] == "rebuild" and run["state"] == "running"]
    if running:
        tell("going on with a rebuild that was broken off")
        return str(running[0]["run_id"])
    for name in sorted(set(names) - declared.keys()):
        tell(f"{name}: no source of this name is declared any more; its pages are read without its layouts")
    catalogue.register_sources([source_row(declared[name]) for name in sorted(set(names) & declared.keys())])
    run_id = new_run_id()
    catalogue.begin_run(run_id, "rebuild", utc_now(), {})
    return run_id


def _look_through(stacks: Stacks) -> dict[str, list[PageOnShelf]]:
    """The sources on the shelves, each with the feeds that were shelved before records told what feeds say of pages."""
    found: dict[str, list[PageOnShelf]] = {}
    for mark, document in stacks.documents():
        if document.source is None:
            continue
        feeds = found.setdefault(document.source, [])
        if isinstance(document, ShelvedCapture) and document.kind != "page" and document.asked is None:
            feeds.append(
                PageOnShelf(
                    url=document.url,
                    final_url=document.final_url,
                    source=document.source,
                    kind=document.kind,
                    captured_at=document.captured_at,
                    status=document.status,
                    charset=document.charset,
                    digest=document.digest,
                    run_id=mark.file,  # a run begins files of its own: the name of the file stands for it
                    mark=mark,
                )
            )
    return found


def _read(
    documents: Iterable[_Standing], pool: ReadingPool, shelves: Path, declared: Mapping[str, Source], feeds: _Feeds
) -> Iterator[tuple[_Standing, Record | None]]:
    """Every document in order, pages with their record; read side by side, few of them held at a time."""
    waiting: deque[_Standing] = deque()

    def tasks() -> Iterator[PageTask]:
        for standing in documents:
            waiting.append(standing)
            if _is_page(standing):
                yield _task(standing, shelves, declared, feeds)

    for record in read_stream(pool, tasks()):
        while not _is_page(waiting[0]):
            yield waiting.popleft(), None
        yield waiting.popleft(), record
    while waiting:
        yield waiting.popleft(), None


def _is_page(standing: _Standing) -> bool:
    return isinstance(standing[1], ShelvedCapture) and standing[1].kind == "page"


def _task(standing: _Standing, shelves: Path, declared: Mapping[str, Source], feeds: _Feeds) -> PageTask:
    mark, page = standing
    assert isinstance(page, ShelvedCapture)
    if page.asked:
        entry = Entry(**page.asked.entry) if page.asked.entry else None
    else:
        entry = feeds[page.source].entry(page.url, page.captured_at) if page.source in feeds else None
    return PageTask(
        url=page.final_url,
        shelves=shelves,
        mark=mark,
        charset=page.charset,
        source=declared.get(page.source or ""),
        captured_on=page.captured_at.date(),
        entry=entry,
        rules=True,
    )


def _rows(document: ShelvedCapture | ShelvedNote, mark: Shelfmark, record: Record | None, run_id: str) -> Batch:
    if isinstance(document, ShelvedNote):
        return shelved_note_rows(document, mark)
    if record is None:
        return shelved_channel_rows(document, mark, run_id=run_id)
    return shelved_page_rows(document, mark, record, run_id=run_id)
