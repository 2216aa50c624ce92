"""The headline as printed, without the paper's name: h1, marked titles, og:title, JSON-LD and title vote."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.article.words import METAS, plain
from extractors.page import Page
from extractors.records import Signal

_SEPARATOR = re.compile(r"\s+[|\-–—•·:»/]+\s+|\s*\|\s*|\s+::\s+|(?<=\S):\s+")
_LONGEST = 600
_INVISIBLE = re.compile("[\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
WEIGHTS = {
    "h1": 2.0,
    "jsonld:headline": 1.5,
    "meta:og:title": 1.2,
    "title": 1.0,
    "printed:title": 1.2,
    "printed:bold": 1.1,
}
"""Weight of each place that names the headline; the two last count only where no h1 prints it."""
OTHER_META, PRINTED = 0.4, 1.5
"""Weight of the other metas; bonus for standing on the page as a line, where there is no h1."""
UNSUPPORTED_LONG, UNSUPPORTED_SHORT = 0.7, 0.4
"""Factors of an h1 that nothing else agrees with: one of four words or more, a shorter one."""


@dataclass(frozen=True, slots=True)
class Titles:
    """What the body prints that may be the headline."""

    h1: Sequence[str] = ()
    mastheads: Sequence[str] = ()
    """h1 that lead to the front page."""
    marked: Sequence[str] = ()
    """Headings and elements that call themselves a title, near the text."""
    lines: Sequence[str] = ()
    """The first lines of the text."""
    bold: Sequence[str] = ()
    """Those of them that are all in bold."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    source: str
    text: str

    @property
    def words(self) -> str:
        return plain(self.text)

    @property
    def weight(self) -> float:
        return WEIGHTS.get(self.source, OTHER_META)


def find_headline(page: Page, printed: Titles, title: str | None = None) -> tuple[str | None, tuple[Signal, ...]]:
    """(headline, signals). `title` is the paper's name where its source is known."""
    names = (title, *printed.mastheads, *(page.meta(name) for name in METAS["site"]))
    site = {plain(name) for name in names if name}
    shown = [c for text in printed.h1 if (c := _Candidate("h1", _clean(text))).words and c.words not in site]
    told = [_Candidate(source, text) for source, text in _told(page) if text]
    on_page = {plain(_clean(text)) for text in (*printed.marked, *printed.lines)} - {""}
    for masthead in [c for c in shown if _is_masthead(c, told, on_page)]:
        shown.remove(masthead)
        site.add(masthead.words)
    told = _without_sites(told, shown, site)
    for n, candidate in enumerate(shown):
        if (bare := _without_kicker(candidate, told)) != candidate.text:
            shown[n] = _Candidate("h1", bare)
            told = [_Candidate(c.source, bare) if c.words.endswith(shown[n].words) else c for c in told]
    if not shown:
        told += [_Candidate("printed:title", t) for t in printed.marked if plain(t) and plain(t) not in site]
        told += [_Candidate("printed:bold", t) for t in printed.bold[:1]]
    chosen = _elected(shown, told, on_page)
    signals = [Signal("headline", c.source, c.text, chosen is c) for c in (*shown[:3], *told)]
    return (chosen.text if chosen else None), tuple(signals)


def named_titles(page: Page) -> list[str]:
    """Every headline that the head names, with whatever else stands beside it."""
    return [text for _, text in _told(page) if text]


def _told(page: Page) -> Iterator[tuple[str, str | None]]:
    for article in page.articles[:1]:
        value = article.get("headline") or article.get("name")
        yield "jsonld:headline", _clean(html.unescape(value)) if isinstance(value, str) else None
    for name in METAS["headline"]:
        text = page.meta(name)
        yield f"meta:{name}", _clean(text) if text else None
    yield "title", _clean(page.title) if page.title else None


def _clean(text: str) -> str:
    return " ".join(_INVISIBLE.sub("", text[:_LONGEST]).split())


def _is_masthead(shown: _Candidate, told: Sequence[_Candidate], on_page: set[str]) -> bool:
    """An h1 that is one part of a title whose other part stands above the text: the paper's name."""
    for candidate in told:
        for match in _SEPARATOR.finditer(candidate.text):
            parts = plain(candidate.text[: match.start()]), plain(candidate.text[match.end() :])
            other = parts[parts.index(shown.words) - 1] if shown.words in parts else ""
            if other in on_page and len(other) > len(shown.words):
                return True
    return False


def _without_sites(told: Sequence[_Candidate], shown: Sequence[_Candidate], site: set[str]) -> list[_Candidate]:
    every = (*shown, *told)
    bare = [_Candidate(c.source, without_site(c.text, site, [o.words for o in every if o is not c])) for c in told]
    return [c for c in bare if c.words and c.words not in site]


def _elected(shown: Sequence[_Candidate], told: Sequence[_Candidate], on_page: set[str]) -> _Candidate | None:
    """The candidate with the most weight behind its words; of equal words the printed form."""
    scores: dict[str, float] = {}
    for candidate in told:
        scores[candidate.words] = scores.get(candidate.words, 0.0) + candidate.weight
    if not shown:
        heads = [c.words for c in told if not c.source.startswith("printed")]
        for words in scores:
            is_printed = any(f" {line}".endswith(f" {words}") for line in on_page)
            scores[words] += PRINTED if is_printed and any(words in head for head in heads) else 0.0
    is_told_printed = any(words in line for words in scores for line in on_page if words)
    for candidate in shown[:4]:
        is_supported = not told or any(_agree(candidate.words, other.words) for other in told)
        is_long = len(candidate.words.split()) >= 4
        if is_long and not is_supported and not is_told_printed:
            return candidate  # what the head names stands nowhere on the page
        alone = UNSUPPORTED_LONG if is_long else UNSUPPORTED_SHORT
        weight = candidate.weight * (1.0 if is_supported else alone)
        scores[candidate.words] = scores.get(candidate.words, 0.0) + weight
    best = max(scores, key=lambda words: scores[words], default=None)
    return next((c for c in (*shown, *told) if c.words == best), None)


def _agree(one: str, other: str) -> bool:
    """One holds the other, or they share most of their words."""
    if not one or not other:
        return False
    if (one in other and len(one) > 0.4 * len(other)) or (other in one and len(other) > 0.5 * len(one)):
        return True
    a, b = set(one.split()), set(other.split())
    return len(a & b) >= 0.6 * min(len(a), len(b)) and min(len(a), len(b)) > 2


def _without_kicker(shown: _Candidate, told: Sequence[_Candidate]) -> str:
    """An h1 that prints "kicker - headline" loses the kicker where all other places name the headline without it."""
    parts = [(m.start(), m.end()) for m in _SEPARATOR.finditer(shown.text)]
    if any(c.words == shown.words for c in told):
        return shown.text
    for _, end in parts:
        rest = plain(shown.text[end:])
        ends = [c for c in told if c.words == rest or c.words.endswith(f" {rest}")]
        if len(rest) > 15 and len(ends) >= 2 and len(ends) >= 0.6 * len(told):
            return shown.text[end:]
    return shown.text


def without_site(text: str, site: set[str], others: Sequence[str] = ()) -> str:
    """A title without the paper's name at either end; hyphens inside the headline survive.

    A part is the paper's name if the metas say so, or if the rest is what another place names as the headline.
    """
    parts = [(m.start(), m.end()) for m in _SEPARATOR.finditer(text)]
    for start, end in parts:
        is_told = ":" not in text[start:end] and plain(text[end:]) in others
        if plain(text[:start]) in site or is_told:
            return without_site(text[end:], site, ())
    for start, end in parts:
        if plain(text[end:]) in site or plain(text[:start]) in others:
            return text[:start]
    return text
