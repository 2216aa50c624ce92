"""Where the article stands on the page: its headline, the lines around it, its standfirst, its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from extractors.article.container import find_container
from extractors.article.survey import HEADINGS, Survey, element_text
from extractors.article.words import plain
from extractors.tree import Element

_SENTENCE = re.compile(r"[.!?…؟:»”\"]\s*$")
_HEADER_LINES = 14
_LONGEST_STANDFIRST = 1_500


class HeaderLine(NamedTuple):
    """A short line near the headline; `is_link` where most of it is a link."""

    text: str
    is_link: bool


@dataclass(frozen=True, slots=True)
class Region:
    """Indexes are those of the survey's blocks."""

    container: int
    headline: int | None
    standfirst: tuple[Element, ...]
    header: tuple[HeaderLine, ...]
    """Short lines around the headline, where papers print who and when."""


def find_region(survey: Survey, headline: str | None, description: str | None) -> Region:
    """The region of the article that has this headline; `description` is what the metas print as its summary."""
    container = find_container(survey)
    title = _headline_block(survey, plain(headline or ""))
    standfirst = tuple(_standfirst(survey, title, container, plain(description or ""))) if title is not None else ()
    anchor = container if title is None else title
    return Region(container, title, standfirst, tuple(_header(survey, anchor)))


def _headline_block(survey: Survey, headline: str) -> int | None:
    """The h1, else the heading or short block, that prints the headline."""
    if not headline:
        return survey.headings[0] if survey.headings else None
    for n in survey.headings:
        if plain(element_text(survey.blocks[n].element)) == headline:
            return n
    for n, block in enumerate(survey.blocks):
        close = 0.8 * len(headline) <= block.own <= 1.4 * len(headline) + 8
        if close and not block.is_away and plain(element_text(block.element)) == headline:
            return n
    return survey.headings[0] if survey.headings else None


def _standfirst(survey: Survey, title: int, container: int, description: str) -> Iterator[Element]:
    """Blocks of running text between headline and text that stand outside the text's container."""
    blocks = survey.blocks
    for n in range(title + 1, container):
        block = blocks[n]
        if block.is_out or not 30 <= block.own - block.linked <= _LONGEST_STANDFIRST or block.linked > 0.3 * block.own:
            continue
        text = element_text(block.element)
        words = plain(text)
        is_told = len(description) > 30 and (words[:60] in description or description[:60] in words)
        is_marked = any(blocks[k].mark == "standfirst" for k in _upward(survey, n, title))
        if is_told or is_marked or (block.own >= 60 and _SENTENCE.search(text)):
            yield block.element


def _upward(survey: Survey, n: int, stop: int) -> Iterator[int]:
    """The block and those around it that begin behind `stop`."""
    while n > stop:
        yield n
        n = survey.blocks[n].parent


def _header(survey: Survey, anchor: int) -> Iterator[HeaderLine]:
    """Short lines from a little before the anchor to a little behind it."""
    found = 0
    for n in range(max(0, anchor - 5), len(survey.blocks)):
        block = survey.blocks[n]
        if block.is_away or not 4 <= block.own <= 300 or block.element.tag in HEADINGS:
            continue
        yield HeaderLine(element_text(block.element)[:300], block.linked > 0.6 * block.own)
        found += 1
        if found >= _HEADER_LINES:
            return
