"""Feeds, sitemaps and listing pages: bytes in, addresses of possible articles out."""

from __future__ import annotations

import calendar
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from lxml import etree
from soupsieve import SelectorSyntaxError

from extractors.errors import FeedError
from extractors.records import Entry

FeedKind = Literal["rss", "atom", "json_feed", "sitemap", "sitemap_index", "listing"]

MAX_BYTES = 32_000_000
"""Of the unpacked document; a sitemap may hold 50,000 addresses, no honest feed is larger than this."""
MAX_ENTRIES = 50_000
"""Of a sitemap, which may hold so many, a JSON Feed or a listing page."""
MAX_FEED_ENTRIES = 5_000
"""Of RSS and Atom, whose entries cost more to read; feeds print the newest first, and no honest one is longer."""
_ENTRY_BEGINS = re.compile(rb"<(?:[\w-]+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ENTRY_ENDS = re.compile(rb"</(?:[\w-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_MIN_LINK_TEXT = 20
"""Characters: shorter link texts on a listing page are navigation, not headlines."""


@dataclass(frozen=True, slots=True)
class FeedReading:
    """What a document lists: entries in printed order, and further sitemaps of a sitemap index."""

    kind: FeedKind
    entries: tuple[Entry, ...] = ()
    sitemaps: tuple[str, ...] = ()
    sitemap_days: tuple[str | None, ...] = ()
    """The ISO day on which each of them changed last, where the index says it."""
    ttl_seconds: int | None = None
    """For how long the feed asks not to be fetched again: RSS `ttl`, `sy:updatePeriod`; None where it says nothing."""


def read_feed(data: bytes, *, url: str, selector: str | None = None) -> FeedReading:
    """RSS 0.9-2.0, Atom, JSON Feed, sitemap (index, news, gz); with `selector` a listing page.

    `url` is the address of the document; relative addresses are completed with it. Raises FeedError where the bytes
    are none of these.
    """
    data = _unpacked(data, url)
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n\0")[:1024].lower()
    if not start:
        raise FeedError(f"{url}: looked for a feed, found an empty document; see whether the address still serves one")
    if selector is not None:
        return _listing(data, url, selector)
    if start.startswith(b"{"):
        return _json_feed(data, url)
    if b"<urlset" in start or b"<sitemapindex" in start:
        return _sitemap(data, url)
    if start.startswith(b"<!doctype html") or b"<html" in start:
        raise FeedError(
            f"{url}: looked for RSS, Atom, JSON Feed or a sitemap, found an HTML page; "
            "give the feed's own address, or declare the page under [[discover.listings]] with a selector"
        )
    return _parsed(data, url)


def _unpacked(data: bytes, url: str) -> bytes:
    if data[:2] == b"\x1f\x8b":
        unpacker = zlib.decompressobj(31)
        try:
            data = unpacker.decompress(data, MAX_BYTES + 1)
        except zlib.error as error:
            raise FeedError(f"{url}: a gzip file that can't be unpacked ({error}); fetch it again") from error
        if not unpacker.eof and len(data) <= MAX_BYTES:
            raise FeedError(f"{url}: a gzip file cut short; fetch it again")
    if len(data) > MAX_BYTES:
        raise FeedError(f"{url}: more than {MAX_BYTES:,} bytes, no feed is that long; look at the address by hand")
    return data


def _entry(url: str | None, base: str, **values: str | None) -> Entry | None:
    """An entry with an absolute http(s) address, or None where the link is no such address."""
    try:
        absolute = urljoin(base, (url or "").strip())
        parts = urlsplit(absolute)
    except ValueError:
        return None
    if not url or parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return Entry(url=absolute, **{key: _clean(value) for key, value in values.items()})


def _clean(value: str | None) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _distinct(entries: Iterable[Entry | None]) -> tuple[Entry, ...]:
    first: dict[str, Entry] = {}
    for entry in entries:
        if entry is not None:
            first.setdefault(entry.url, entry)
            if len(first) >= MAX_ENTRIES:
                break
    return tuple(first.values())


def _iso(text: str | None) -> tuple[str | None, str | None]:
    """(ISO day in the printed offset, ISO time) of an ISO 8601 text; a text that is none gives (None, None)."""
    try:
        moment = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None, None
    has_time = len((text or "").strip()) > 10
    return moment.date().isoformat(), moment.isoformat() if has_time and moment.tzinfo else None


def _parsed(data: bytes, url: str) -> FeedReading:
    """RSS and Atom, by feedparser, which forgives what real feeds get wrong and expands no entities of their own."""
    import feedparser  # what reads pages starts without it

    try:
        document = feedparser.parse(_first_entries(data), sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, AssertionError, RecursionError, LookupError) as error:
        raise FeedError(f"{url}: no readable feed ({error}); open the address by hand") from error
    if not document.get("version"):
        raise FeedError(
            f"{url}: looked for RSS, Atom, JSON Feed or a sitemap, found none of them; open the address by hand"
        )
    kind: FeedKind = "atom" if document["version"].startswith("atom") else "rss"
    entries = _distinct(_feed_entry(item, url) for item in document.entries)
    return FeedReading(kind, entries, ttl_seconds=_ttl(document.feed))


def _first_entries(data: bytes) -> bytes:
    """The document without what lies between the last entry that is taken and the end of the very last one."""
    begins = next(islice(_ENTRY_BEGINS.finditer(data), MAX_FEED_ENTRIES, None), None)
    if begins is None:
        return data
    ends = begins.start()
    for entry in _ENTRY_ENDS.finditer(data, ends):
        ends = entry.end()
    return data[: begins.start()] + data[ends:]


_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}


def _ttl(feed: Any) -> int | None:
    """The longer of both rests that a feed can ask for; what is no number, or none that makes sense, is passed over."""
    told = []
    minutes, often = _whole(feed.get("ttl")), _whole(feed.get("sy_updatefrequency"))
    if minutes:
        told.append(minutes * 60)
    period = str(feed.get("sy_updateperiod") or "").strip().lower()
    if period in _PERIODS:
        told.append(_PERIODS[period] // (often or 1))
    return max(told, default=None)


def _whole(text: Any) -> int | None:
    digits = str(text or "").strip()
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= 9 else None


def _feed_entry(item: Any, base: str) -> Entry | None:
    on, at = _feed_date(item)
    summary = item.get("summary")
    text = BeautifulSoup(summary, "lxml").get_text(" ") if summary and "<" in summary else summary
    return _entry(item.get("link"), base, headline=item.get("title"), summary=text, published_on=on, published_at=at)


def _feed_date(item: Any) -> tuple[str | None, str | None]:
    on, at = _iso(item.get("published") or item.get("updated"))
    parsed = item.get("published_parsed") or item.get("updated_parsed")
    if on or not parsed:
        return on, at
    try:
        moment = datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None, None
    return moment.date().isoformat(), moment.isoformat()


def _json_feed(data: bytes, url: str) -> FeedReading:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise FeedError(
            f"{url}: looked for a JSON Feed, found JSON that can't be read ({error}); fetch it again"
        ) from error
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise FeedError(f"{url}: looked for a JSON Feed's `items`, found none; give the feed's own address")
    return FeedReading("json_feed", _distinct(_json_entry(item, url) for item in items if isinstance(item, dict)))


def _json_entry(item: dict[str, Any], base: str) -> Entry | None:
    text = {key: value for key, value in item.items() if isinstance(value, str)}
    on, at = _iso(text.get("date_published"))
    summary = text.get("summary") or text.get("content_text")
    return _entry(text.get("url"), base, headline=text.get("title"), summary=summary, published_on=on, published_at=at)


def _sitemap(data: bytes, url: str) -> FeedReading:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FeedError(f"{url}: a sitemap that is no XML ({error}); open the address by hand") from error
    if root is None:
        raise FeedError(f"{url}: a sitemap without any element; open the address by hand")
    rows = list(_sitemap_rows(root))
    if _local(root) == "sitemapindex":
        listed = [(entry, _iso(row.get("lastmod"))[0]) for row in rows if (entry := _entry(row.get("loc"), url))]
        days = {entry.url: day for entry, day in reversed(listed[:MAX_ENTRIES])}
        urls = tuple(entry.url for entry in _distinct(entry for entry, _ in listed))
        return FeedReading("sitemap_index", sitemaps=urls, sitemap_days=tuple(days.get(one) for one in urls))
    return FeedReading("sitemap", _distinct(_sitemap_entry(row, url) for row in rows))


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _sitemap_rows(root: Any) -> Iterator[dict[str, str]]:
    """The texts under each `<url>` or `<sitemap>` by local name; of equal names the first: `loc` is the page's."""
    for element in root:
        row: dict[str, str] = {}
        for child in element.iter():
            if child.text and _local(child):
                row.setdefault(_local(child), child.text.strip())
        yield row


def _sitemap_entry(row: dict[str, str], base: str) -> Entry | None:
    on, at = _iso(row.get("publication_date"))
    return _entry(row.get("loc"), base, headline=row.get("title"), published_on=on, published_at=at)


def _listing(data: bytes, url: str, selector: str) -> FeedReading:
    """The links under `selector` (a link itself, or what holds links), in page order."""
    soup = BeautifulSoup(data, "lxml")
    try:
        chosen = soup.select(selector)
    # the second for pseudo-elements ("a::text"), the third for a selector of more parts than its reader allows
    except (SelectorSyntaxError, NotImplementedError, ValueError) as error:
        raise FeedError(
            f"{url}: the selector {selector!r} can't be read ({error}); mend it in the source file"
        ) from error
    links = [link for tag in chosen for link in ([tag] if tag.name == "a" else tag.find_all("a", href=True))]
    entries = _distinct(_link_entry(link, url) for link in links)
    if not entries:
        raise FeedError(
            f"{url}: looked for links under {selector!r}, found none; if the page was redesigned, mend its selector"
        )
    return FeedReading("listing", entries)


def _link_entry(link: Tag, base: str) -> Entry | None:
    text = link.get_text(" ", strip=True)
    headline = text if len(text) >= _MIN_LINK_TEXT else None
    return _entry(str(link.get("href") or ""), base, headline=headline)
