"""The morning round: what a killed run shelved and never catalogued is read and loaded before anything is fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from extractors import Entry
from flows.desk import Desk
from flows.orders import left_orders
from flows.reading import PageTask, read_batch
from flows.rows import Batch, capture_row, page_rows, validators_of, validators_row
from warehouse import Shelfmark, ShelvedCapture

_Shelved = tuple[Shelfmark, ShelvedCapture]


async def recover(desk: Desk) -> int:
    """How many captures were picked up from the shelves."""
    shelved = await desk.clerk.do(lambda catalogue: catalogue.shelved())
    orders, count = left_orders(desk.settings), 0
    for batch in _batches(desk.stacks.walk(after=shelved), desk.settings.limits.batch_pages):
        pages = [pair for pair in batch if pair[1].kind == "page"]
        for mark, capture in batch:
            if capture.kind != "page":
                row = capture_row(capture, mark, run_id=desk.run_id, source=capture.source, kind=capture.kind)
                await desk.cart.add({"captures": [row]})
        tasks = [_task(desk, capture, orders.get((capture.source or "", capture.url))) for _, capture in pages]
        for (mark, capture), record in zip(pages, await read_batch(desk.pool, tasks), strict=True):
            rows: Batch = page_rows(capture, mark, record, run_id=desk.run_id, source=capture.source)
            rows["validators"] = [validators_row(capture.url, validators_of(capture), capture.captured_at)]
            await desk.cart.add(rows)
        count += len(batch)
        await desk.cart.load()
    if count:
        desk.tell(f"picked up {count} captures that an earlier run had shelved and not catalogued")
    for damage in desk.stacks.damage:
        desk.tell(f"{damage.file}: {damage.length} bytes at {damage.offset} held no whole record"
                  + (f"; cut, and kept as {damage.moved_to}" if damage.moved_to else ""))  # fmt: skip
    return count


def _task(desk: Desk, capture: ShelvedCapture, entry: Entry | None) -> PageTask:
    return PageTask(
        url=capture.final_url,
        data=capture.body,
        charset=capture.charset,
        source=desk.sources.get(capture.source or ""),
        captured_on=capture.captured_at.date(),
        entry=entry,
        rules=True,
    )


def _batches(shelved: Iterable[_Shelved], size: int) -> Iterator[list[_Shelved]]:
    waiting = iter(shelved)
    while batch := list(islice(waiting, size)):
        yield batch
