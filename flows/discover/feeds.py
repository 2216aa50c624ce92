"""A paper's channels: each asked whether it changed, read into entries, sitemap indexes followed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Protocol

from extractors import Entry, FeedError, FeedReading, Listing, Source, read_feed
from flows.fetch import MOST_FRESH, Fetcher, FetchResult, Validators

ChannelKind = Literal["feed", "sitemap", "listing"]
MOST_SITEMAPS = 50
"""Parts of a sitemap index that one run looks at: those that changed last, else those listed first."""
_WHOLE_PAGE = "body"


@dataclass(frozen=True, slots=True)
class Channel:
    """One place where a paper says what is new."""

    url: str
    kind: ChannelKind
    selector: str | None = None
    """Of a listing page: where its links stand."""


@dataclass(frozen=True, slots=True)
class ChannelSeen:
    """What one look at a channel brought."""

    channel: Channel
    result: FetchResult
    kind: str | None = None
    """As `read_feed` names it: rss, atom, json_feed, sitemap, sitemap_index, listing."""
    entries: tuple[Entry, ...] = ()
    problem: str | None = None
    """What went wrong, in words; None also where nothing changed."""
    parts: tuple[ChannelSeen, ...] = ()
    """The sitemaps that an index lists."""
    ttl_seconds: int | None = None
    """For how long the channel is not to be asked again: by its headers or its own text, whichever says longer."""

    @property
    def is_sitemap(self) -> bool:
        """Whether it turned out to be a sitemap or an index of them, whatever it was declared as."""
        return (self.kind or self.channel.kind).startswith("sitemap")

    @property
    def everything(self) -> tuple[ChannelSeen, ...]:
        """This look and those at its parts."""
        return (self, *(seen for part in self.parts for seen in part.everything))


def channels(source: Source, *, is_backfill: bool = False) -> tuple[Channel, ...]:
    """The channels that the source file declares, in its order; for a backfill further pages of its listings too."""
    found = source.discover
    return (
        *(Channel(url, "feed") for url in found.feeds),
        *(Channel(url, "sitemap") for url in found.sitemaps),
        *(
            Channel(url, "listing", listing.selector or _WHOLE_PAGE)
            for listing in found.listings
            for url in (listing.url, *(_further(listing) if is_backfill else ()))
        ),
    )


def _further(listing: Listing) -> tuple[str, ...]:
    more = listing.more or ""
    return tuple(more.replace("{page}", str(number)) for number in range(2, listing.pages + 1))


class Memory(Protocol):
    """What the archive knows of channels: asked for the parts of an index, and where a channel did not change."""

    async def validators(self, urls: Sequence[str]) -> Mapping[str, Validators]:
        """What to ask "changed since?" with, of those addresses that are known."""

    async def at_rest(self, urls: Sequence[str]) -> Mapping[str, FetchResult]:
        """Of those channels that are not to be asked now, why: a result `fresh` or `resting`."""

    async def last(self, url: str) -> tuple[bytes, str] | None:
        """What the channel held when it was captured last, and the address that it came from after redirects."""


ReadFeed = Callable[[bytes, str, str | None], Awaitable[FeedReading]]
"""(bytes, address, selector of a listing) -> what they list. Raises FeedError."""


async def read_here(data: bytes, url: str, selector: str | None) -> FeedReading:
    """The reading of a list of news in this process."""
    return read_feed(data, url=url, selector=selector)


async def look(
    channel: Channel,
    fetcher: Fetcher,
    *,
    validators: Mapping[str, Validators],
    memory: Memory | None = None,
    at_rest: Mapping[str, FetchResult] | None = None,
    read: ReadFeed = read_here,
    since: date | None = None,
    delay_seconds: float | None,
    max_bytes: int,
    right: str | None = None,
    ports: frozenset[int] = frozenset(),
    is_part: bool = False,
) -> ChannelSeen:
    """Asks one channel; an unchanged one costs a 304 and lists what it listed last, where the memory holds it: pages,
    or the parts of an index, may have changed although it did not. One that is at rest costs nothing at all."""
    result = (at_rest or {}).get(channel.url) or await fetcher.fetch(
        channel.url,
        validators=validators.get(channel.url),
        delay_seconds=delay_seconds,
        max_bytes=max_bytes,
        right=right,
        ports=ports,
    )
    if result.capture:
        held = (result.capture.body, result.capture.final_url)
    elif result.outcome not in ("not_modified", "fresh"):
        return ChannelSeen(channel, result, problem=result.detail)
    elif memory is None or (kept := await memory.last(channel.url)) is None:
        return ChannelSeen(channel, result)
    else:
        held = kept
    try:
        reading = await read(held[0], held[1], channel.selector)
    except FeedError as error:
        return ChannelSeen(channel, result, problem=str(error))
    told = [seconds for seconds in (result.fresh_seconds, reading.ttl_seconds) if seconds]
    ttl = int(min(max(told), MOST_FRESH)) if told else None
    seen = ChannelSeen(channel, result, reading.kind, _likely(reading, channel), ttl_seconds=ttl)
    if is_part or not reading.sitemaps:
        return seen
    listed = _parts(reading, since)
    known = await memory.validators(listed) if memory else {}
    resting = await memory.at_rest(listed) if memory else {}
    parts = [
        await look(
            Channel(url, "sitemap"),
            fetcher,
            validators=known,
            memory=memory,
            at_rest=resting,
            read=read,
            delay_seconds=delay_seconds,
            max_bytes=max_bytes,
            right=right,
            ports=ports,
            is_part=True,
        )
        for url in listed
    ]
    return replace(seen, parts=tuple(parts))


def _parts(reading: FeedReading, since: date | None) -> tuple[str, ...]:
    """The parts of an index that are looked at: without those that changed before the day, the newest first."""
    days = dict(zip(reading.sitemaps, reading.sitemap_days, strict=False))
    wanted = [url for url in reading.sitemaps if since is None or (days.get(url) or "9") >= since.isoformat()]
    return tuple(sorted(wanted, key=lambda url: days.get(url) or "", reverse=True)[:MOST_SITEMAPS])


def _likely(reading: FeedReading, channel: Channel) -> tuple[Entry, ...]:
    """All entries; of a listing without a selector of its own those whose text is long enough for a headline."""
    if channel.selector == _WHOLE_PAGE:
        return tuple(entry for entry in reading.entries if entry.headline)
    return reading.entries


def is_within(entry: Entry, since: date | None, until: date | None) -> bool:
    """Whether the entry's day lies in the window, both ends included; one without a date may."""
    day = entry.published_on
    return day is None or ((since is None or day >= since.isoformat()) and (until is None or day <= until.isoformat()))
