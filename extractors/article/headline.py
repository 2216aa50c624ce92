"""The headline as printed, without the paper's name: agreement of h1, og:title, JSON-LD and title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.article.words import plain
from extractors.page import Page
from extractors.records import Signal

_SEPARATOR = re.compile(r"\s+[|\-–—•·:»/]+\s+|\s*\|\s*|\s+::\s+|(?<=\S):\s+")


def find_headline(
    page: Page, printed: Sequence[str], title: str | None = None
) -> tuple[str | None, tuple[Signal, ...]]:
    """(headline, signals). `printed` are the page's h1; `title` is the paper's name where its source is known."""
    site = {plain(name) for name in (title, page.meta("og:site_name"), page.meta("application-name")) if name}
    told = [(source, text) for source, text in _told(page) if text and plain(text) not in site]
    shown = [text for text in printed if plain(text) and plain(text) not in site]
    chosen, source = _choose(shown, told, site)
    signals = [Signal("headline", "h1", text, source == "h1" and text == chosen) for text in shown[:3]]
    signals += [Signal("headline", where, text, source == where) for where, text in told]
    return chosen, tuple(signals)


def _told(page: Page) -> Iterator[tuple[str, str | None]]:
    for article in page.articles[:1]:
        value = article.get("headline") or article.get("name")
        yield "jsonld:headline", _line(value) if isinstance(value, str) else None
    for name in ("og:title", "twitter:title", "dc.title", "title", "parsely-title", "sailthru.title"):
        yield f"meta:{name}", page.meta(name)
    yield "title", page.title


def _line(text: str) -> str:
    return " ".join(text.split())


def _choose(shown: Sequence[str], told: Sequence[tuple[str, str]], site: set[str]) -> tuple[str | None, str]:
    names = [plain(text) for _, text in told]
    agreeing = [text for text in shown if any(_agree(plain(text), name) for name in names)]
    if agreeing:
        return max(agreeing, key=lambda text: sum(_agree(plain(text), name) for name in names)), "h1"
    if told:
        source, text = told[0]
        others = [plain(other) for _, other in told[1:]]
        return without_site(text, site, others), source
    return (shown[0], "h1") if shown else (None, "")


def _agree(one: str, other: str) -> bool:
    """One holds the other, or they share most of their words."""
    if not one or not other:
        return False
    if one in other and len(one) > 0.4 * len(other):
        return True
    if other in one and len(other) > 0.5 * len(one):
        return True
    a, b = set(one.split()), set(other.split())
    return len(a & b) >= 0.7 * min(len(a), len(b)) and min(len(a), len(b)) > 2


def without_site(text: str, site: set[str], others: Sequence[str] = ()) -> str:
    """A title without the paper's name at either end; hyphens inside the headline survive."""
    parts = [(m.start(), m.end()) for m in _SEPARATOR.finditer(text)]
    if not parts:
        return text
    for start, end in parts:
        if plain(text[:start]) in site:
            return text[end:]
        if any(plain(text[:start]) == other or plain(text[end:]) == other for other in others):
            return text[:start] if plain(text[:start]) in others else text[end:]
    for start, end in parts:
        if plain(text[end:]) in site:
            return text[:start]
    return text
