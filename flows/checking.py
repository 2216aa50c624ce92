"""What the reader saw and why: one page with its signals, a source with its channels and a few of its pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import extractors
from extractors import Article, Coding, Entry, PageError, Source
from flows.discover import Channel, ChannelSeen, channels, look
from flows.errors import RunError
from flows.fetch import Capture, Fetcher
from flows.reading import PageTask, bytes_of, is_text
from flows.run import check_contact
from flows.settings import Settings, Tell
from flows.sources import manners_of, sample_places, source_addresses

Row = dict[str, Any]
_SHOWN = 200
"""Characters of a value that are shown."""
FIELDS = (
    "headline", "byline", "agency", "dateline_text", "published_on", "published_basis", "language", "section", "tags",
    "is_truncated", "lede", "body",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageCheck:
    """One page as the reading room sees it."""

    name: str
    article: Article
    coding: Coding

    @property
    def fields(self) -> list[Row]:
        """Each field: its value, where it came from, and what else the page said of it."""
        rows = []
        for name in FIELDS:
            signals = [signal for signal in self.article.signals if signal.field == name]
            chosen = [signal.source for signal in signals if signal.chosen]
            others = [f"{s.source}: {s.value}" + (f" ({s.note})" if s.note else "") for s in signals if not s.chosen]
            rows.append(
                {
                    "field": name,
                    "value": _short(getattr(self.article, name)),
                    "from": ", ".join(dict.fromkeys(chosen)) or None,
                    "beside": _short(" · ".join(others)),
                }
            )
        return rows

    @property
    def visits(self) -> list[Row]:
        """Each span of evidence: the visit it belongs to, what it supports, and the rule that read it."""
        return [
            {
                "visit": f"{number}: {visit.visitor_country or '?'} → {visit.host_country or '?'}, {visit.status}, "
                f"{visit.salience}, {visit.confidence:.2f}",
                "field": span.field,
                "rule": span.rule,
                "in": span.where,
                "text": _short(span.text),
            }
            for number, visit in enumerate(self.coding.visits, 1)
            for span in visit.evidence
        ]

    @property
    def trace(self) -> list[Row]:
        """Why visits were or were not returned."""
        return [
            {"question": signal.field, "rule": signal.source, "value": _short(signal.value), "note": signal.note}
            for signal in self.coding.trace
        ]


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """A source as it answers today."""

    source: Source
    looks: tuple[ChannelSeen, ...]
    pages: tuple[PageCheck, ...]
    problems: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether a run can work with it: a channel lists addresses, and pages have a headline and a text."""
        return any(seen.entries for seen in self.looks) and any(
            page.article.headline and page.article.body for page in self.pages
        )

    @property
    def channel_rows(self) -> list[Row]:
        return [
            {
                "channel": seen.channel.url,
                "kind": seen.kind or seen.channel.kind,
                "outcome": seen.result.outcome,
                "entries": len(seen.entries),
                "problem": seen.problem,
            }
            for seen in self.looks
        ]


def check_file(path: Path, settings: Settings, *, source: Source | None = None, url: str | None = None) -> PageCheck:
    """A saved page or text. Raises PageError, OSError."""
    data = bytes_of(PageTask(path=path, max_bytes=settings.limits.page_bytes))
    try:
        if is_text(path):
            article = extractors.read_text(data, url=url, explain=True)
        else:
            article = extractors.read_article(data, url=url, source=source, explain=True)
    except PageError as error:  # the reading room knows no file
        raise PageError(f"{path}: {error}") from error
    return PageCheck(str(path), article, extractors.read_visits(article, explain=True))


async def check_url(url: str, settings: Settings, sources: Mapping[str, Source], *, name: str | None) -> PageCheck:
    """A page as it is on its site now. Raises RunError where it can't be had, PageError where it can't be read."""
    source = sources[name] if name else next(iter(_of_host(url, sources)), None)
    if source is None or not source.is_sample:
        check_contact(settings, {url: source or Source(url, url, "", "", "other", url)})
    async with open_fetcher(settings, sources) as fetcher:
        return await _page(fetcher, Entry(url), source)


async def check_source(source: Source, settings: Settings, *, pages: int, tell: Tell) -> SourceCheck:
    """Its channels, and the first pages that they list. Raises RunError without a contact."""
    check_contact(settings, {source.name: source})
    async with open_fetcher(settings, {source.name: source}) as fetcher:
        return await look_at(fetcher, source, settings, pages=pages, tell=tell)


async def look_at(fetcher: Fetcher, source: Source, settings: Settings, *, pages: int, tell: Tell) -> SourceCheck:
    """The same with a fetcher that is open already."""
    looks = []
    for place in channels(source):
        tell(f"asking {place.url}")
        looks.append(await ask_channel(fetcher, place, source, settings))
    read, problems = [], []
    for entry in _first_entries(looks, pages):
        tell(f"reading {entry.url}")
        try:
            read.append(await _page(fetcher, entry, source))
        except (RunError, PageError) as error:
            problems.append(str(error))
    return SourceCheck(source, tuple(looks), tuple(read), tuple(problems))


async def ask_channel(fetcher: Fetcher, place: Channel, source: Source, settings: Settings) -> ChannelSeen:
    """One channel, asked without validators: what it holds, not whether it changed."""
    return await look(
        place,
        fetcher,
        validators={},
        max_bytes=settings.limits.feed_bytes,
        **manners_of(source),
    )


def open_fetcher(settings: Settings, sources: Mapping[str, Source]) -> Fetcher:
    return Fetcher(settings.limits, agent=settings.agent, overrides=sample_places(settings, sources))


async def _page(fetcher: Fetcher, entry: Entry, source: Source | None) -> PageCheck:
    result = await fetcher.fetch(entry.url, **manners_of(source))
    if result.capture is None:
        raise RunError(f"{entry.url}: {result.outcome} ({result.detail})")
    return _read(result.capture, entry, source)


def _read(capture: Capture, entry: Entry, source: Source | None) -> PageCheck:
    article = extractors.read_article(
        capture.body,
        url=capture.final_url,
        charset=capture.charset,
        source=source,
        captured_on=datetime.now(UTC).date(),
        entry=entry,
        explain=True,
    )
    return PageCheck(capture.final_url, article, extractors.read_visits(article, explain=True))


def _first_entries(looks: Sequence[ChannelSeen], most: int) -> list[Entry]:
    entries = (entry for first in looks for seen in first.everything for entry in seen.entries)
    return list({entry.url: entry for entry in entries}.values())[:most]


def _of_host(url: str, sources: Mapping[str, Source]) -> Iterator[Source]:
    host = urlsplit(url).hostname
    for source in sources.values():
        if host in {urlsplit(address).hostname for address in source_addresses(source)}:
            yield source


def _short(value: object) -> str | None:
    """A value on one line, cut where it is long."""
    if value is None or value == ():
        return None
    text = " | ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}… ({len(text):,} characters)"
