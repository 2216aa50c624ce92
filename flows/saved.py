"""A run over saved pages: a folder of HTML files or a foreign WARC file takes the place of the network."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import warehouse
from extractors import Source
from flows.batches import in_batches
from flows.cart import COUNTS
from flows.desk import Desk, SourceReport, open_desk
from flows.discover import SavedPage, saved_pages
from flows.erasing import finish_erasure
from flows.errors import RunError
from flows.fetch import Capture
from flows.hosts import SourceHosts
from flows.reading import PageTask, read_batch
from flows.recovery import recover
from flows.room import check_room
from flows.rows import page_rows, reject_row, source_row, visit_count
from flows.run import RunReport
from flows.settings import Settings, Tell
from flows.sources import declared_sources
from warehouse import StacksError

NO_SOURCE = "saved"
"""The name in the run's table of pages that belong to no declared source."""


async def ingest_saved(
    settings: Settings,
    place: Path,
    *,
    source: str | None = None,
    tell: Tell = lambda line: None,
    advance: Callable[[int], None] = lambda pages: None,
) -> RunReport:
    """Shelves, reads and loads every page of a folder or WARC file: pages of `source`, or each of the declared source
    whose host its address has, if any. Raises RunError, SourceError, WarehouseError."""
    declared = declared_sources(settings)
    if source is not None and source not in declared:
        raise RunError(f"{source}: no source of this name is declared; `chancery sources` lists them")
    await asyncio.to_thread(finish_erasure, settings, tell=tell)
    await asyncio.to_thread(check_room, settings, tell=tell)
    async with open_desk(settings, declared, tell=tell) as desk:
        await _begin(desk, place, source)
        recovered = await recover(desk)
        reports: dict[str, SourceReport] = {}
        pages = saved_pages(place, max_bytes=settings.limits.page_bytes) if place.is_dir() else _foreign(place)
        hosts = SourceHosts(declared)
        for batch in in_batches(pages, settings.limits.batch_pages, _bytes_of):
            for name, its in _by_source(batch, source, hosts).items():
                paper, began = declared[name] if name else None, desk.now()
                if paper and paper.name not in reports:
                    await _register(desk, paper)
                report = reports.setdefault(name or NO_SOURCE, SourceReport(name or NO_SOURCE))
                await _take(desk, paper, its, report)
                report.seconds += (desk.now() - began).total_seconds()
            advance(len(batch))
        return await _end(desk, tuple(reports.values()) or (SourceReport(source or NO_SOURCE),), recovered)


def _bytes_of(page: SavedPage) -> int:
    return len(page.capture.body) if page.capture else 0


def _by_source(
    batch: Sequence[SavedPage], source: str | None, hosts: SourceHosts
) -> Mapping[str | None, list[SavedPage]]:
    """The pages of a batch by the source that they belong to."""
    found: dict[str | None, list[SavedPage]] = {}
    for page in batch:
        address = page.capture.final_url or page.capture.url if page.capture else ""
        found.setdefault(source or hosts.source_of(address), []).append(page)
    return found


def _foreign(path: Path) -> Iterator[SavedPage]:
    """The pages of a WARC file that someone else wrote."""
    for capture in warehouse.read_warc(path):
        yield SavedPage(
            capture.url,
            Capture(
                capture.url,
                capture.final_url,
                capture.status,
                capture.headers,
                capture.body,
                capture.captured_at,
                capture.charset,
            ),
        )


async def _begin(desk: Desk, place: Path, source: str | None) -> None:
    at, parameters = desk.now(), {"place": str(place), "source": source}
    await desk.clerk.do(lambda catalogue: catalogue.begin_run(desk.run_id, "ingest_saved", at, parameters))


async def _register(desk: Desk, paper: Source) -> None:
    await desk.clerk.do(lambda catalogue: catalogue.register_sources([source_row(paper)]))


async def _take(desk: Desk, paper: Source | None, batch: Sequence[SavedPage], report: SourceReport) -> None:
    """One batch: what the archive holds already is left alone, the rest is shelved, read and loaded."""
    name = paper.name if paper else None
    report.listed += len(batch)
    captures = [page.capture for page in batch if page.capture and not _is_erased(desk, page.capture)]
    fresh = await _unknown(desk, captures)
    report.unchanged += len(captures) - len(fresh)
    report.new += len(fresh)
    shelved = []
    for capture in fresh:
        try:
            shelved.append((capture, desk.cart.shelve(capture, source=name, kind="page")))
        except StacksError as error:
            await _reject(desk, name, capture.url, "shelve", str(error), report)
    tasks = [_task(capture, paper) for capture, _ in shelved]
    for (capture, mark), record in zip(shelved, await read_batch(desk.pool, tasks), strict=True):
        rows = page_rows(capture, mark, record, run_id=desk.run_id, source=name)
        report.fetched += 1
        report.rejects += len(rows["rejects"])
        report.read += "error" not in record
        report.visits += visit_count(record)
        await desk.cart.add(rows)
    for page in batch:
        if page.problem:
            await _reject(desk, name, page.name, "discover", page.problem, report)
    await desk.cart.load()


def _is_erased(desk: Desk, capture: Capture) -> bool:
    return desk.tombstones.holds(capture.url, capture.final_url)


async def _unknown(desk: Desk, captures: Sequence[Capture]) -> list[Capture]:
    """Those of the captures that are not on the shelves yet: the same bytes from the same address at the same time."""
    keys = [(capture.url, capture.captured_at, warehouse.digest_of(capture.body)) for capture in captures]
    known = await desk.clerk.do(lambda catalogue: catalogue.known_captures(keys))
    fresh = {key: capture for key, capture in zip(keys, captures, strict=True) if key not in known}
    return list(fresh.values())


def _task(capture: Capture, paper: Source | None) -> PageTask:
    return PageTask(
        url=capture.final_url,
        data=capture.body,
        charset=capture.charset,
        source=paper,
        captured_on=capture.captured_at.date(),
        rules=True,
    )


async def _reject(desk: Desk, name: str | None, url: str, stage: str, reason: str, report: SourceReport) -> None:
    report.rejects += 1
    row = reject_row(desk.run_id, name, url, "page", stage, reason, at=desk.now())
    await desk.cart.add({"rejects": [row]})


async def _end(desk: Desk, reports: tuple[SourceReport, ...], recovered: int) -> RunReport:
    counts = {name: desk.cart.loaded[name] for name in COUNTS}
    done, at = RunReport(desk.run_id, "done", reports, recovered, counts), desk.now()
    rows = [report.row(desk.run_id) for report in reports]

    def work(catalogue: Any) -> None:
        catalogue.load({"run_sources": rows})
        catalogue.resolve()
        catalogue.end_run(desk.run_id, at, "done", done.summary)

    await desk.clerk.do(work)
    return done
