"""Where a front page announces its feeds: bytes in, addresses out, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.filter import SoupStrainer

from extractors.charset import decode

_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_WORDS = ("rss", "feed", "atom", "sitemap", "flux")
_UNWANTED = ("comment",)
"""Feeds of readers' comments hold no articles."""
MOST_FEEDS = 20


def find_feeds(data: bytes, *, url: str) -> tuple[str, ...]:
    """Feeds that the page declares (`<link rel="alternate">`), then links that look like one; never fails."""
    text, _ = decode(data)
    soup = BeautifulSoup(text, "lxml", parse_only=SoupStrainer(["link", "a"]))
    found = [*_declared(soup), *_linked(soup)]
    addresses = (address for place in found if (address := _address(url, place)) is not None)
    return tuple(dict.fromkeys(addresses))[:MOST_FEEDS]


def _declared(soup: BeautifulSoup) -> Iterator[str]:
    for link in soup.find_all("link", href=True):
        if isinstance(link, Tag) and str(link.get("type", "")).lower() in _TYPES:
            yield str(link["href"])


def _linked(soup: BeautifulSoup) -> Iterator[str]:
    for link in soup.find_all("a", href=True):
        if isinstance(link, Tag) and any(word in _words_of(str(link["href"])) for word in _WORDS):
            yield str(link["href"])


def _words_of(href: str) -> str:
    """Path and query in lower case; of what is no address, nothing."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    return f"{parts.path}?{parts.query}".lower()


def _address(base: str, href: str) -> str | None:
    try:
        address = urljoin(base, href.strip())
        parts = urlsplit(address)
    except ValueError:
        return None
    is_wanted = not any(word in address.lower() for word in _UNWANTED)
    return address if parts.scheme in ("http", "https") and parts.hostname and is_wanted else None
