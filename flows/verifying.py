"""The first visit to a paper: looks for its feeds, tries a few pages, and writes the operator's own declaration."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import extractors
from extractors import Listing, Source
from flows.checking import SourceCheck, ask_channel, look_at, open_fetcher
from flows.discover import Channel, ChannelSeen, channels
from flows.errors import RunError
from flows.fetch import Fetcher
from flows.run import check_contact
from flows.settings import Settings, Tell
from flows.sources import declared_sources, manners_of, sample_places

USUAL_PLACES = (
    "/feed/", "/rss.xml", "/rss", "/atom.xml", "/feed.xml", "/feed.json", "/news-sitemap.xml", "/sitemap-news.xml",
)  # fmt: skip
"""Tried where neither the front page nor robots.txt names a feed."""
MOST_TRIED = 12
ENOUGH = 2
"""Feeds that are kept: the first ones that list articles."""
_SITEMAP = re.compile(r"(?im)^\s*sitemap\s*:\s*(\S+)")


async def verify_source(source: Source, settings: Settings, *, pages: int, tell: Tell) -> SourceCheck:
    """The source with the channels that were found to work, looked at: feeds or sitemaps, else its front page as a
    listing. Raises RunError where the front page can't be had."""
    check_contact(settings, {source.name: source})
    async with open_fetcher(settings, {source.name: source}) as fetcher:
        if not channels(source):
            source = await _with_channels(fetcher, source, settings, tell)
        return await look_at(fetcher, source, settings, pages=pages, tell=tell)


async def find_channels(url: str, settings: Settings, *, tell: Tell) -> tuple[ChannelSeen, ...]:
    """Every channel that a paper's front page, its robots.txt and the usual places give, looked at; for a paper that no
    file declares yet. Raises RunError where the front page can't be had."""
    declared, host = declared_sources(settings), urlsplit(url).hostname or url
    stranger = Source(host, url, "", "", "", url, is_sample=host in sample_places(settings, declared))
    known = {**declared, stranger.name: stranger}
    check_contact(settings, {stranger.name: stranger})
    async with open_fetcher(settings, known) as fetcher:
        return tuple(await _working(fetcher, stranger, settings, tell, enough=MOST_TRIED))


async def _with_channels(fetcher: Fetcher, source: Source, settings: Settings, tell: Tell) -> Source:
    """The source with the first feeds or sitemaps that list something, else with its front page."""
    found = await _working(fetcher, source, settings, tell, enough=ENOUGH)
    if not found:
        tell(f"{source.name}: no feed or sitemap was found; its front page is tried as a listing")
        return replace(source, discover=replace(source.discover, listings=(Listing(source.home),)))
    sitemaps = tuple(seen.channel.url for seen in found if seen.is_sitemap)
    feeds = tuple(seen.channel.url for seen in found if not seen.is_sitemap)
    return replace(source, discover=replace(source.discover, feeds=feeds, sitemaps=sitemaps))


async def _working(
    fetcher: Fetcher, source: Source, settings: Settings, tell: Tell, *, enough: int
) -> list[ChannelSeen]:
    """The channels that list something, the likeliest first, until there are enough."""
    found: list[ChannelSeen] = []
    for place in (await _places(fetcher, source, tell))[:MOST_TRIED]:
        tell(f"trying {place}")
        seen = await ask_channel(fetcher, Channel(place, "feed"), source, settings)
        if any(one.entries for one in seen.everything):
            found.append(seen)
        if len(found) >= enough:
            break
    return found


async def _places(fetcher: Fetcher, source: Source, tell: Tell) -> list[str]:
    """Addresses that may hold a feed, the likeliest first: announced, named by robots.txt, usual."""
    tell(f"asking {source.home}")
    home = await fetcher.fetch(source.home, **manners_of(source))
    if home.capture is None:
        raise RunError(f"{source.name}: its front page {source.home} can't be had: {home.outcome} ({home.detail})")
    base = home.capture.final_url
    robots = await fetcher.fetch(urljoin(base, "/robots.txt"), **manners_of(source))
    named = _SITEMAP.findall(robots.capture.body.decode("utf-8", "replace")) if robots.capture else []
    host = urlsplit(base).hostname
    announced = [place for place in extractors.find_feeds(home.capture.body, url=base) if _is_of(place, host)]
    return list(dict.fromkeys([*announced, *named, *(urljoin(base, place) for place in USUAL_PLACES)]))


def _is_of(url: str, host: str | None) -> bool:
    """Whether the address is of the same paper: the same host, or one below or above it."""
    own, other = (host or "").removeprefix("www."), (urlsplit(url).hostname or "").removeprefix("www.")
    return own == other or own.endswith(f".{other}") or other.endswith(f".{own}")


def write_declaration(source: Source, folder: Path) -> Path:
    """The declaration, marked as verified, in the operator's own folder, where it takes the place of ours."""
    path = folder / f"{source.name}.toml"
    folder.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".aside")
    aside.write_text("\n".join(_lines(replace(source, verified=True))) + "\n", encoding="utf-8")
    aside.replace(path)
    return path


def _lines(source: Source) -> Iterator[str]:
    """The declaration as TOML; a JSON string or list of strings is one of TOML too."""
    for name in ("title", "country", "language", "kind", "home", "note"):
        if getattr(source, name) is not None:
            yield f"{name} = {_toml(getattr(source, name))}"
    yield "verified = true"
    if source.is_sample:
        yield "is_sample = true"
    yield from ("", "[discover]", f"fetch = {_toml(source.discover.fetch)}")
    for name in ("feeds", "sitemaps"):
        if getattr(source.discover, name):
            yield f"{name} = {_toml(list(getattr(source.discover, name)))}"
    manners = source.manners
    ports = list(manners.ports) or None
    yield from _table("manners", {"delay_seconds": manners.delay_seconds, "right": manners.right, "ports": ports})
    yield from _table("schedule", {"cron": source.schedule.cron, "timezone": source.schedule.timezone})
    if source.expect.articles_per_week:
        yield from _table("expect", {"articles_per_week": list(source.expect.articles_per_week)})
    for listing in source.discover.listings:
        pages = {"more": listing.more, "pages": listing.pages} if listing.more else {}
        yield from _table("discover.listings", {"url": listing.url, "selector": listing.selector, **pages}, many=True)
    for layout in source.layouts:
        until = {"until": layout.until} if layout.until else {}
        names = ("headline", "byline", "body", "lede", "published", "section")
        yield from _table("layout", {**until, **{name: getattr(layout, name) for name in names}}, many=True)


def _table(name: str, values: Mapping[str, Any], *, many: bool = False) -> Iterator[str]:
    kept = {key: value for key, value in values.items() if value is not None}
    if kept:
        yield from ("", f"[[{name}]]" if many else f"[{name}]", *(f"{key} = {_toml(v)}" for key, v in kept.items()))


def _toml(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
