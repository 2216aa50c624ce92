"""Where the article stands on the page: its headline, the lines around it, its standfirst and pictures, its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from extractors.article.survey import HEADINGS, Survey, element_text
from extractors.article.words import plain
from extractors.tree import Element

_SENTENCE = re.compile(r"[.!?…؟:»”\"]\s*$")
_HEADER_LINES, _LINES_BEFORE, _BLOCKS_AROUND = 14, 5, 8
_STANDFIRST_WITHIN = 40
"""Blocks before the text among which a standfirst is looked for where the headline is not printed in a block."""
_LONGEST_STANDFIRST = 1_500
_TITLE_WITHIN, _TITLE_BEHIND, _MOST_TITLES = 30, 6, 6
_LONGEST_CAPTION = 600


class HeaderLine(NamedTuple):
    """A short line near the headline; `is_link` where most of it is a link."""

    text: str
    is_link: bool


@dataclass(frozen=True, slots=True)
class Region:
    """Indexes are those of the survey's blocks."""

    container: int
    end: int
    """Index of the first block behind the text's container."""
    headline: int | None
    standfirst: tuple[Element, ...]
    header: tuple[HeaderLine, ...]
    """Short lines around the headline, where papers print who and when."""
    captions: tuple[str, ...]
    """Captions of pictures between headline and text."""

    @property
    def anchor(self) -> int:
        """Where the article begins."""
        return self.container if self.headline is None else min(self.headline, self.container)

    def is_near(self, n: int) -> bool:
        """Whether a block stands in the article or close to it."""
        return self.anchor - _BLOCKS_AROUND <= n <= self.end + _BLOCKS_AROUND


def find_region(survey: Survey, container: int, headline: str | None, description: str | None) -> Region:
    """The region around a container; `description` is what the metas print as the article's summary."""
    title = _headline_block(survey, plain(headline or ""), container)
    start = max(0, container - _STANDFIRST_WITHIN) if title is None else title + 1
    return Region(
        container=container,
        end=_end(survey, container),
        headline=title,
        standfirst=tuple(_standfirst(survey, start, container, title is not None, plain(description or ""))),
        header=tuple(_header(survey, container if title is None else title)),
        captions=() if title is None else tuple(_captions(survey, title, container)),
    )


def _end(survey: Survey, container: int) -> int:
    blocks = survey.blocks
    inside = {container}
    n = container + 1
    while n < len(blocks) and blocks[n].parent in inside:
        inside.add(n)
        n += 1
    return n


def _headline_block(survey: Survey, headline: str, container: int) -> int | None:
    """The h1, else the heading or short block, that prints the headline; of several the last before the text."""
    if not headline:
        return None
    found = [n for n in survey.headings if plain(element_text(survey.blocks[n].element)) == headline]
    for n, block in enumerate(survey.blocks) if not found else ():
        is_close = 0.8 * len(headline) <= block.own <= 1.4 * len(headline) + 8
        if is_close and not block.is_away and plain(element_text(block.element)) == headline:
            found.append(n)
    return max((n for n in found if n <= container), default=found[0] if found else None)


def _standfirst(survey: Survey, start: int, end: int, has_title: bool, description: str) -> Iterator[Element]:
    """Blocks of running text between headline and text that stand outside the text's container."""
    blocks = survey.blocks
    for n in range(start, end):
        block = blocks[n]
        if block.is_away or not 30 <= block.own - block.linked <= _LONGEST_STANDFIRST or block.linked > 0.3 * block.own:
            continue
        text = element_text(block.element)
        words = plain(text)
        is_told = len(description) > 30 and (words[:60] in description or description[:60] in words)
        is_marked = any(blocks[k].mark == "standfirst" for k in _upward(survey, n, start))
        is_text = has_title and block.own >= 60 and (block.own >= 120 or _SENTENCE.search(text) is not None)
        if is_told or (not block.is_out and (is_marked or is_text)):
            yield block.element


def _upward(survey: Survey, n: int, stop: int) -> Iterator[int]:
    """The block and those around it that begin at `stop` or behind it."""
    while n >= stop:
        yield n
        n = survey.blocks[n].parent


def _header(survey: Survey, anchor: int) -> Iterator[HeaderLine]:
    """Short lines from a little before the anchor to a little behind it."""
    found = 0
    for n in range(max(0, anchor - _LINES_BEFORE), len(survey.blocks)):
        block = survey.blocks[n]
        if block.is_away or not 4 <= block.own <= 300 or block.tag in HEADINGS:
            continue
        yield HeaderLine(element_text(block.element)[:300], block.linked > 0.5 * block.own)
        found += 1
        if found >= _HEADER_LINES:
            return


def _captions(survey: Survey, start: int, end: int) -> Iterator[str]:
    blocks = survey.blocks
    for n in range(start, end):
        block = blocks[n]
        is_outermost = block.parent < 0 or blocks[block.parent].mark != "caption"
        if block.mark == "caption" and is_outermost and not block.is_away and 0 < block.whole <= _LONGEST_CAPTION:
            yield element_text(block.element)


def printed_titles(survey: Survey, container: int) -> list[str]:
    """What may be the headline where no h1 prints it: headings and elements marked as titles near the text."""
    blocks = survey.blocks
    start, end = max(0, container - _TITLE_WITHIN), min(len(blocks), container + _TITLE_BEHIND)
    places = {n: blocks[n].element for n in range(start, end) if blocks[n].tag in HEADINGS}
    places |= {n: element for n, element in survey.titles if start <= n < end}
    return [element_text(places[n]) for n in sorted(places) if not blocks[n].is_away][:_MOST_TITLES]
