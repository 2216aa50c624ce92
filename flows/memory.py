"""What the archive knows of addresses: asked before anybody asks a site."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from flows.cart import Held
from flows.clerk import Clerk
from flows.discover.addresses import identity
from flows.fetch import FetchResult, Validators, without_user
from warehouse import Catalogue, Stacks, held_captures


class Memory:
    """The one place where a run asks the catalogue of addresses; it is also the `flows.discover.Memory` of channels."""

    def __init__(self, clerk: Clerk, stacks: Stacks, now: Callable[[], datetime]) -> None:
        self._clerk, self._stacks, self._now = clerk, stacks, now

    async def due(self, urls: Sequence[str]) -> set[str]:
        """Those never asked for, and those that are worth another look now."""
        return set(await self._clerk.ask(self._due, urls))

    async def held(self, urls: Sequence[str]) -> Mapping[str, Held]:
        """The latest capture of each that was captured before."""
        return await self._clerk.ask(held_captures, urls)

    async def validators(self, urls: Sequence[str]) -> Mapping[str, Validators]:
        """What to ask "changed since?" with, of those that are known."""
        known = await self._clerk.ask(Catalogue.validators, urls)
        return {url: Validators(etag, last_modified) for url, (etag, last_modified) in known.items()}

    async def at_rest(self, urls: Sequence[str]) -> Mapping[str, FetchResult]:
        """Of those channels that are not to be asked now, why: a result `fresh` or `resting`."""
        rows, now = await self._clerk.ask(self._at_rest, urls), self._now()
        return {url: _not_asked(row, now) for url, row in rows.items()}

    async def last(self, url: str) -> tuple[bytes, str] | None:
        """What the channel held when it was captured last, and the address that it came from after redirects."""
        marks = await self._clerk.ask(Catalogue.last_captures, [url])
        if url not in marks:
            return None
        capture = self._stacks.get(marks[url])
        return capture.body, capture.final_url

    def _due(self, catalogue: Catalogue, urls: Sequence[str]) -> Mapping[str, bool]:
        return dict.fromkeys(catalogue.due(urls, self._now(), {url: identity(url) for url in urls}), True)

    def _at_rest(self, catalogue: Catalogue, urls: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        return {row["url"]: row for row in catalogue.channels_at_rest(urls, self._now())}


def _not_asked(row: Mapping[str, Any], now: datetime) -> FetchResult:
    """Why a channel is not asked now, as a result that was had without a question."""
    until = f"{row['until_at'].astimezone(UTC):%Y-%m-%d %H:%M}Z"
    why = f"it holds until {until} by the site's own word"
    if row["outcome"] == "resting":
        why = f"left alone until {until} after {row['failures']} failures (the last: {row['last_outcome']})"
    detail = f"{without_user(row['url'])[:300]}: {why}"
    return FetchResult(without_user(row["url"]), row["outcome"], detail=detail, attempts=0, asked_at=now)
