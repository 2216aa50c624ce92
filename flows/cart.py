"""The book cart between shelves and catalogue: captures go to the shelf at once, their rows a batch a transaction."""

from __future__ import annotations

import asyncio
from collections import Counter

from flows.clerk import Clerk
from flows.fetch import Capture
from flows.rows import Batch, Row, merged, note_row
from warehouse import Asked, Shelfmark, ShelvedNote, Stacks, StacksError

Held = tuple[str, Shelfmark]
"""Of an address that was captured before: the digest of its body, and where it stands."""


class Cart:
    """Shared by all sources of a run, so that small papers share a transaction.

    What was shelved and never loaded, because the run was killed in between, is found by the next run: the catalogue
    knows which records of a shelf file it holds.
    """

    def __init__(self, stacks: Stacks, clerk: Clerk, *, batch_pages: int) -> None:
        self._stacks, self._clerk, self._batch_pages = stacks, clerk, batch_pages
        self._ready: list[Batch] = []
        self._turn = asyncio.Lock()
        self._gathering: asyncio.Task[None] | None = None
        """The load to come of those who can't go on before it."""
        self._rested_at = 0.0
        self.loaded: Counter[str] = Counter()
        """What the loads of this run changed, by the names of LoadCounts."""

    def shelve(
        self, capture: Capture, *, source: str | None, kind: str, asked: Asked | None = None, held: Held | None = None
    ) -> Shelfmark:
        """Puts a capture on the shelf, before anyone tries to understand it; what is held in the same body already is
        referred to. Raises StacksError, ArchiveFullError."""
        is_same = held is not None and held[0] == capture.digest
        return self._stacks.put(
            url=capture.url,
            final_url=capture.final_url,
            status=capture.status,
            headers=capture.headers,
            body=capture.body,
            digest=capture.digest,
            captured_at=capture.captured_at,
            source=source,
            kind=kind,
            charset=capture.charset,
            asked=asked,
            held=held[1] if held and is_same else None,
        )

    def note(self, note: ShelvedNote, *, held: Held | None = None) -> list[Row]:
        """Puts a question that brought no page on the shelf, and gives its row; none for an address that no record can
        hold. Raises ArchiveFullError."""
        try:
            return [note_row(note, self._stacks.note(note, held=held[1] if held else None))]
        except StacksError:  # the address itself is what is wrong, and its reject says so
            return []

    async def add(self, rows: Batch) -> None:
        """Rows of one page or request; who fills a batch waits until it is loaded, or fetched pages would pile up."""
        self._ready.append(rows)
        if len(self._ready) >= self._batch_pages:
            await self._load(self._batch_pages)

    async def load(self) -> None:
        """All that was added before is in the catalogue when this returns; its pages are safe on disk before that.

        Papers that come to their end one after the other share a load: between two loads lies as much time as the
        first one took.
        """
        if self._gathering is None:
            self._gathering = asyncio.create_task(self._gather())
        await asyncio.shield(self._gathering)

    async def _gather(self) -> None:
        try:
            if self._ready and (rest := self._rested_at - asyncio.get_running_loop().time()) > 0:
                await asyncio.sleep(rest)
        finally:
            self._gathering = None  # who comes from here on is too late for this one
        await self._load()

    async def _load(self, least: int = 1) -> None:
        """Loads what is ready, where that is so much still when others have had their turn."""
        clock = asyncio.get_running_loop().time
        async with self._turn:
            ready, began = self._ready[:], clock()
            if len(ready) < least:
                return
            self._stacks.sync()
            counts = await self._clerk.do(lambda catalogue: catalogue.load(merged(ready)))
            del self._ready[: len(ready)]
            self._rested_at = 2 * clock() - began
            self.loaded.update({name: getattr(counts, name) for name in COUNTS})


COUNTS = ("articles_new", "revisions_new", "articles_unchanged", "reports", "rejects")
"""The names of LoadCounts."""
