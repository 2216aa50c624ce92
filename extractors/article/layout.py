"""A source's own layout: dated CSS selectors that override the general reading, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from bs4 import BeautifulSoup
from bs4.element import Tag
from soupsieve import SelectorSyntaxError

from extractors.article.blocks import Line, read_lines
from extractors.article.survey import Survey
from extractors.errors import SourceError
from extractors.page import Page
from extractors.records import Signal
from extractors.sources_form import SELECTORS, Layout, Source
from extractors.tree import build_soup


@dataclass(frozen=True, slots=True)
class LayoutReading:
    """What the source's selectors found: texts by field, lines of the body, and what found nothing."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    body: list[Line] = field(default_factory=list)
    signals: tuple[Signal, ...] = ()

    def text(self, name: str) -> str | None:
        """The first text of a field."""
        return next(iter(self.texts.get(name, ())), None)


def layout_of(source: Source | None, captured_on: date | None) -> Layout | None:
    """The layout in force on the day of capture; without that day the present one."""
    if source is None or not source.layouts:
        return None
    last = max(source.layouts, key=_until)
    if captured_on is None:
        return last
    return min((layout for layout in source.layouts if _until(layout) >= captured_on), key=_until, default=last)


def _until(layout: Layout) -> date:
    return layout.until or date.max


def read_layout(page: Page, survey: Survey, source: Source | None, captured_on: date | None) -> LayoutReading:
    """The source's selectors on the whole tree; it is built only for sources that declare a layout.

    Raises SourceError where a selector is no CSS.
    """
    layout = layout_of(source, captured_on)
    if layout is None or source is None:
        return LayoutReading()
    soup = build_soup(page.root, notes=survey.marks)
    selectors = {name: selector for name in SELECTORS if (selector := getattr(layout, name))}
    found = {name: _select(soup, selector, source, name) for name, selector in selectors.items()}
    body = found.get("body", [])
    lines = [line for tag in (*(found.get("lede", ()) if body else ()), *body) for line in read_lines(tag)]
    texts = {name: _printed(tags) for name, tags in found.items()}
    signals = tuple(
        Signal(name, f"layout:{selectors[name]}", next(iter(said), None), bool(said), None if said else "found nothing")
        for name, said in texts.items()
    )
    return LayoutReading(texts, lines, signals)


def _select(soup: BeautifulSoup, selector: str, source: Source, name: str) -> list[Tag]:
    """What a selector finds, outermost elements only."""
    try:
        found = soup.select(selector)
    except SelectorSyntaxError as error:
        raise SourceError(
            f"{source.name}: [[layout]] {name} = {selector!r} is no CSS selector; mend it in the source's file"
        ) from error
    return list(_outermost(found))


def _outermost(found: Sequence[Tag]) -> Iterator[Tag]:
    chosen: set[int] = set()
    for tag in found:
        if not any(id(parent) in chosen for parent in tag.parents):
            chosen.add(id(tag))
            yield tag


def _printed(tags: Sequence[Tag]) -> list[str]:
    """The text of each tag, white space made single; empty ones left out."""
    return [text for tag in tags if (text := " ".join(tag.get_text(" ").split()))]
