"""The morning round: what a killed run shelved and never catalogued is read and loaded before anything is fetched."""

from __future__ import annotations

from extractors import Entry
from flows.batches import in_batches
from flows.desk import Desk
from flows.orders import left_orders
from flows.reading import PageTask, read_batch
from flows.shelf_rows import shelved_channel_rows, shelved_note_rows, shelved_page_rows
from warehouse import Shelfmark, ShelvedCapture, ShelvedNote

_Shelved = tuple[Shelfmark, ShelvedCapture | ShelvedNote]


async def recover(desk: Desk) -> int:
    """How many captures were picked up from the shelves."""
    shelved = await desk.clerk.do(lambda catalogue: catalogue.shelved())
    orders, count = left_orders(desk.settings), 0
    left = desk.stacks.documents(after=shelved)
    for found in in_batches(left, desk.settings.limits.batch_pages, _bytes_of):
        batch = [(mark, one) for mark, one in found if not desk.tombstones.holds(one.url)]
        pages = [(mark, one) for mark, one in batch if isinstance(one, ShelvedCapture) and one.kind == "page"]
        tasks = [_task(desk, capture, orders.get((capture.source or "", capture.url))) for _, capture in pages]
        for (mark, capture), record in zip(pages, await read_batch(desk.pool, tasks), strict=True):
            await desk.cart.add(shelved_page_rows(capture, mark, record, run_id=desk.run_id))
        for mark, document in batch:
            if isinstance(document, ShelvedNote):
                await desk.cart.add(shelved_note_rows(document, mark))
            elif document.kind != "page":
                await desk.cart.add(shelved_channel_rows(document, mark, run_id=desk.run_id))
        count += sum(isinstance(document, ShelvedCapture) for _, document in batch)
        await desk.cart.load()
    if count:
        desk.tell(f"picked up {count} captures that an earlier run had shelved and not catalogued")
    for damage in desk.stacks.damage:
        desk.tell(f"{damage.file}: {damage.length} bytes at {damage.offset} held no whole record"
                  + (f"; cut, and kept as {damage.moved_to}" if damage.moved_to else ""))  # fmt: skip
    return count


def _task(desk: Desk, capture: ShelvedCapture, ordered: Entry | None) -> PageTask:
    told = capture.asked.entry if capture.asked else None
    return PageTask(
        url=capture.final_url,
        data=capture.body,
        charset=capture.charset,
        source=desk.sources.get(capture.source or ""),
        captured_on=capture.captured_at.date(),
        entry=Entry(**told) if told else ordered,
        rules=True,
    )


def _bytes_of(shelved: _Shelved) -> int:
    _, document = shelved
    return len(document.body) if isinstance(document, ShelvedCapture) else 0
