"""From BeautifulSoup objects to the lines that a reader sees: paragraphs, intertitles, captions, with their links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal, NamedTuple, cast

from bs4.element import NavigableString, PageElement, Tag

from extractors.article.marks import Mark
from extractors.article.survey import INLINE, SILENT
from extractors.tree import NOTE

LineKind = Literal["paragraph", "title", "heading", "item", "quote", "cell"]
_KINDS: dict[str, LineKind] = {
    "h1": "title",
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "heading"), "li": "item", "dd": "item", "dt": "item",
    "blockquote": "quote", "td": "cell", "th": "cell",
}  # fmt: skip
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\xad]")
_TAG = re.compile(
    r"(?i)</?(?:a|article|aside|b|blockquote|body|br|button|div|em|figure|font|footer|form|h[1-6]|head|header|html|i|iframe|img|input|"
    r"li|link|main|meta|nav|ol|p|script|section|span|strong|style|svg|table|tbody|td|th|time|title|tr|u|ul)"
    r"(?:\b[^<>]*>|(?:\s[^<>]*=[^<>]*|\s*[a-z]*\s*)?$)"
)
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
_MOST_NESTED_TAGS = 5
MAX_LINES = 10_000
"""Of one article; what follows is not read."""
_BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"))
_SENTENCE_END = re.compile(r"[.!?…؟:»”\"]\s*$")
_SPLITTING: frozenset[Mark] = frozenset(("caption", "related"))


class Link(NamedTuple):
    """A link in a line: line.text[start:end] leads to href."""

    start: int
    end: int
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, intertitle, list item or table cell as printed, white space made single."""

    text: str
    kind: LineKind
    mark: Mark
    """What the class words of the elements around it say."""
    is_aside: bool
    links: tuple[Link, ...] = ()
    bold: int = 0
    """Characters in bold."""
    box: int = 0
    """Lines of the same marked element have the same number; 0 outside any."""
    breaks: tuple[int, ...] = ()
    """Where single line breaks stand that do not part paragraphs."""

    @property
    def linked(self) -> int:
        """Characters inside links."""
        return sum(link.end - link.start for link in self.links)

    def cut(self, start: int, end: int) -> Line:
        """The line without text[start:end], with the links that are left."""
        text = (self.text[:start].rstrip() + " " + self.text[end:].lstrip()).strip()
        links = tuple(link for link in self.links if link.end <= start)
        return replace(self, text=text, links=links, breaks=())


class _Place(NamedTuple):
    """What holds at one place of the walk."""

    kind: LineKind
    mark: Mark
    is_aside: bool
    is_bold: bool
    href: str | None
    box: int
    is_pre: bool = False


class _Run(NamedTuple):
    """A stretch of text in one style; None is a line break."""

    text: str | None
    href: str | None
    is_bold: bool


class _Reader:
    """Walks without recursion; a marker on the stack closes the line where its block ends."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._runs: list[_Run] = []
        self._waiting: list[tuple[PageElement | None, _Place]] = []
        self._boxes = 0

    def read(self, root: Tag) -> list[Line]:
        place = _Place("paragraph", "plain", False, False, None, 0)
        self._waiting = [(None, place), *((child, place) for child in reversed(root.contents))]
        while self._waiting and len(self.lines) < MAX_LINES:
            node, place = self._waiting.pop()
            if node is None:
                self._close(place)
            elif isinstance(node, Tag):
                if node.name not in SILENT:
                    self._enter(node, place)
                elif node.name in ("br", "hr"):
                    self._runs.extend([_Run(None, None, False)] * (1 if node.name == "br" else 2))
            elif type(node) is NavigableString:
                self._text(node, place)
        return self.lines

    def _text(self, text: str, place: _Place) -> None:
        if "<" in text:
            text = _without_tags(text)
        for n, part in enumerate(text.split("\n") if place.is_pre else (text,)):
            if n:
                self._runs.append(_Run(None, None, False))
            self._runs.append(_Run(part, place.href, place.is_bold))

    def _enter(self, node: Tag, place: _Place) -> None:
        name = node.name
        mark = cast("Mark", node.attrs.get(NOTE, "plain"))
        if mark == "plain" or mark == "body":
            mark = place.mark
        is_inline = name in INLINE
        parts = not is_inline or (mark in _SPLITTING and mark != place.mark and name != "a")
        box = place.box
        if mark != place.mark or name == "aside":
            self._boxes += 1
            box = self._boxes
        within = _Place(
            kind=_KINDS.get(name, "paragraph" if not is_inline and place.kind == "cell" else place.kind),
            mark=mark,
            is_aside=place.is_aside or name == "aside",
            is_bold=place.is_bold or name in _BOLD or (name == "font" and _is_large(node)),
            is_pre=place.is_pre or name == "pre",
            href=_href(node) if name == "a" else place.href,
            box=box,
        )
        if parts:
            self._close(place)
            self._waiting.append((None, within))
        self._waiting.extend([(child, within) for child in reversed(node.contents)])

    def _close(self, place: _Place) -> None:
        if self._runs:
            self.lines.extend(islice(_lines(self._runs, place), MAX_LINES))
            self._runs = []


def read_lines(root: Tag) -> list[Line]:
    """The lines below an element in printed order; a blank line inside (two <br>) parts paragraphs.

    Marks are those that the survey noted on the tags.
    """
    return _Reader().read(root)


def _without_tags(text: str) -> str:
    """Text without the tags that a damaged page left in it, or escaped twice; they may stand in one another."""
    text = _INVISIBLE.sub("", _CONTROLS.sub("", text))
    for _ in range(_MOST_NESTED_TAGS):
        text, count = _TAG.subn(" ", text)
        if not count:
            break
    return text


def _is_large(font: Tag) -> bool:
    """Old pages print headlines with <font size="5">."""
    return str(font.attrs.get("size", "")).strip("+") in ("4", "5", "6", "7")


def _href(node: Tag) -> str | None:
    href = node.attrs.get("href")
    return href if isinstance(href, str) else None


def _lines(runs: list[_Run], place: _Place) -> Iterator[Line]:
    """Lines of one block: white space made single, parted at blank lines and where a full sentence ends in a break."""
    parts: list[str] = []
    links: list[Link] = []
    single: list[int] = []
    size = bold = breaks = 0
    is_spaced = False
    for run in runs:
        if run.text is None:
            breaks += 1
            continue
        text = run.text if run.text.isascii() else _INVISIBLE.sub("", run.text)
        core = " ".join(text.split())
        if not core:
            is_spaced = is_spaced or bool(text)
            continue
        if parts and breaks:
            if breaks > 1 or _ends_line(parts[-1], bold, size, run.is_bold):
                yield _line(parts, links, bold, single, place)
                parts, links, single, size, bold = [], [], [], 0, 0
            else:
                single.append(size)
            is_spaced = True
        breaks = 0
        if parts and (is_spaced or text[0].isspace() or _is_glued(parts[-1], core, run.href, links, size)):
            parts.append(" ")
            size += 1
        if run.href is not None:
            if links and links[-1].href == run.href and links[-1].end >= size - 1:
                links[-1] = Link(links[-1].start, size + len(core), run.href)
            else:
                links.append(Link(size, size + len(core), run.href))
        parts.append(core)
        size += len(core)
        bold += len(core) if run.is_bold else 0
        is_spaced = text[-1].isspace()
    if parts:
        yield _line(parts, links, bold, single, place)


def _is_glued(before: str, after: str, href: str | None, links: list[Link], size: int) -> bool:
    """Whether a link begins or ends where two words would run together ("Lire aussiLe ministre")."""
    is_edge = (href is not None) != bool(links and links[-1].end == size)
    return is_edge and before[-1].islower() and after[0].isupper()


def _ends_line(last: str, bold: int, size: int, is_bold: bool) -> bool:
    """Whether a single break parts paragraphs: behind a full sentence, or where a line all in bold begins or ends."""
    if size > 60 and _SENTENCE_END.search(last[-4:]):
        return True
    is_all_bold = 0 < bold >= size - 2
    return size < 160 and (is_all_bold or is_bold)


def _line(parts: list[str], links: list[Link], bold: int, breaks: list[int], place: _Place) -> Line:
    text = "".join(parts)
    if "<" in text and not links and (cleaned := _without_tags(text)) != text:  # a tag torn over two elements
        text, breaks = " ".join(cleaned.split()), []
    return Line(text, place.kind, place.mark, place.is_aside, tuple(links), bold, place.box, tuple(breaks))
