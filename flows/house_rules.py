"""What sites said of their house, on the shelves as well: robots.txt and the reservation of text and data mining."""

from __future__ import annotations

from flows.desk import Desk
from flows.rows import asked_of, capture_row
from flows.shelf_rows import ROBOTS, TDM
from warehouse import StacksError


async def shelve_rules(desk: Desk) -> None:
    """The files that came in this run; one that is as it was refers to the one before."""
    told = desk.fetcher.rules_told()
    held = await desk.memory.held(list(told))
    for url, answer in told.items():
        if answer.capture is None:
            continue
        kind = ROBOTS if url.endswith("/robots.txt") else TDM
        asked = asked_of(answer, desk.run_id)
        try:
            mark = desk.cart.shelve(answer.capture, source=None, kind=kind, asked=asked, held=held.get(url))
        except StacksError as error:  # an address that no record can hold
            desk.tell(str(error))
            continue
        row = capture_row(answer.capture, mark, run_id=desk.run_id, source=None, kind=kind)
        await desk.cart.add({"captures": [row]})
    await desk.cart.load()
