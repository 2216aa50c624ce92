"""A part of the shelves moved to another archive: exported as one WARC file, imported with its identity."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date
from pathlib import Path
from typing import Any

import warehouse
from flows.batches import in_batches
from flows.desk import Desk, open_desk, utc_now
from flows.erasing import finish_erasure
from flows.errors import RunError
from flows.recovery import recover
from flows.room import check_room
from flows.rows import source_row
from flows.settings import Settings, Tell
from flows.sources import declared_sources
from warehouse import Document, ShelvedCapture, Stacks, read_selection


@dataclass(frozen=True, slots=True)
class Selection:
    """Which documents move; nothing named means all."""

    sources: tuple[str, ...] = ()
    since: date | None = None
    """Captured on this day (UTC) or later."""
    until: date | None = None
    urls: frozenset[str] = field(default_factory=frozenset)
    """Addresses, as asked for or as reached."""

    def wants(self, document: Document) -> bool:
        """Whether it is part of it."""
        is_capture = isinstance(document, ShelvedCapture)
        day = (document.captured_at if is_capture else document.at).astimezone(UTC).date()  # type: ignore[union-attr]
        names = {document.url, document.final_url} if isinstance(document, ShelvedCapture) else {document.url}
        return (
            (not self.sources or document.source in self.sources)
            and (self.since is None or day >= self.since)
            and (self.until is None or day <= self.until)
            and (not self.urls or bool(names & self.urls))
        )


def export_shelves(settings: Settings, output: Path, selection: Selection) -> int:
    """Writes the selection into one WARC file. Raises RunError where there is nothing, WarehouseError."""
    if not settings.shelves.is_dir():
        raise RunError(f"{settings.shelves}: looked for shelves, found none; there is nothing to export")
    with Stacks(settings.shelves) as stacks:
        count = warehouse.write_selection(stacks, selection.wants, output, utc_now())
    if not count:
        output.unlink()
        raise RunError("nothing on the shelves is of this selection; no file was written")
    return count


async def import_shelves(
    settings: Settings, path: Path, *, tell: Tell, advance: Callable[[int], None] = lambda documents: None
) -> dict[str, int]:
    """Puts what the file holds and these shelves don't on them, reads it and loads it; gives how many of each.

    Raises RunError, SourceError, WarehouseError.
    """
    finish_erasure(settings, tell=tell)
    check_room(settings, tell=tell)
    declared = declared_sources(settings)
    counts = {"documents": 0, "new": 0, "erased": 0}
    async with open_desk(settings, declared, tell=tell) as desk:
        names = sorted({document.source for document in read_selection(path) if document.source})
        await _begin(desk, [source_row(declared[name]) for name in names if name in declared], path)
        await recover(desk)
        for batch in in_batches(read_selection(path), settings.limits.batch_pages, _bytes_of):
            counts["documents"] += len(batch)
            allowed = [one for one in batch if not desk.tombstones.holds(one.url, getattr(one, "final_url", None))]
            counts["erased"] += len(batch) - len(allowed)
            counts["new"] += await _shelve(desk, allowed)
            advance(len(batch))
        desk.stacks.close()  # a file that is being written is walked by nobody
        counts["loaded"] = await recover(desk)
        await _end(desk, counts)
    return counts


def _bytes_of(document: Document) -> int:
    return len(document.body) if isinstance(document, ShelvedCapture) else 0


async def _shelve(desk: Desk, documents: Sequence[Document]) -> int:
    """Those that are not here yet; gives their number."""

    def known(catalogue: Any) -> set[Any]:
        return set(warehouse.known_documents(catalogue, documents))

    held = await desk.clerk.do(known)
    fresh = list(_once(one for n, one in enumerate(documents) if n not in held))
    for document in fresh:
        if not isinstance(document, ShelvedCapture):
            desk.stacks.note(document)
            continue
        desk.stacks.put(
            url=document.url,
            final_url=document.final_url,
            status=document.status,
            headers=document.headers,
            body=document.body,
            captured_at=document.captured_at,
            source=document.source,
            kind=document.kind,
            charset=document.charset,
            asked=document.asked,
        )
    desk.stacks.sync()
    return len(fresh)


def _once(documents: Iterator[Document]) -> Iterator[Document]:
    seen = set()
    for document in documents:
        is_capture = isinstance(document, ShelvedCapture)
        key = (document.url, document.captured_at if is_capture else document.at, is_capture)  # type: ignore[union-attr]
        if key not in seen:
            seen.add(key)
            yield document


async def _begin(desk: Desk, rows: list[dict[str, Any]], path: Path) -> None:
    at = desk.now()

    def work(catalogue: Any) -> None:
        catalogue.register_sources(rows)
        catalogue.begin_run(desk.run_id, "import", at, {"file": path.name})

    await desk.clerk.do(work)


async def _end(desk: Desk, counts: dict[str, int]) -> None:
    at = desk.now()

    def work(catalogue: Any) -> None:
        catalogue.resolve()
        catalogue.end_run(desk.run_id, at, "done", counts)

    await desk.clerk.do(work)
