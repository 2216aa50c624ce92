"""A source's own layout: dated CSS selectors that override the general reading, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bs4 import BeautifulSoup
from bs4.element import Tag
from soupsieve import SelectorSyntaxError

from extractors.errors import SourceError
from extractors.sources_form import Layout, Source


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


def select(soup: BeautifulSoup, selector: str | None, source: Source, field: str) -> list[Tag]:
    """What a selector finds, outermost elements only. Raises SourceError where it is no CSS selector."""
    if selector is None:
        return []
    try:
        found = soup.select(selector)
    except SelectorSyntaxError as error:
        raise SourceError(f"{source.name}: [[layout]] {field} = {selector!r} is no CSS selector; mend it") from error
    return list(_outermost(found))


def _outermost(found: Sequence[Tag]) -> Iterator[Tag]:
    chosen: set[int] = set()
    for tag in found:
        if not any(id(parent) in chosen for parent in tag.parents):
            chosen.add(id(tag))
            yield tag


def printed(tags: Sequence[Tag]) -> list[str]:
    """The text of each tag, white space made single; empty ones left out."""
    return [text for tag in tags if (text := " ".join(tag.get_text(" ").split()))]
