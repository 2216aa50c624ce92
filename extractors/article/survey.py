"""A survey of the page: every block of lxml's tree with its text measured and its mark decided, in one walk."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Set
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from extractors.article.marks import Mark, mark_of
from extractors.article.words import plain
from extractors.tree import Element, elements_of

INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
SILENT = frozenset((
    "nav", "img", "picture", "source", "meta", "link", "input", "hr", "area", "track", "param", "progress", "dialog",
    "menu", "br", "wbr", "amp-img", "amp-ad", "amp-social-share", "amp-sidebar", "amp-user-notification", "amp-consent",
    "amp-analytics", "amp-iframe", "amp-video",
))  # fmt: skip
"""Tags that hold nothing of an article's text."""
_AWAY_ROLES = frozenset(
    ("navigation", "complementary", "contentinfo", "dialog", "alertdialog", "search", "menu", "tooltip")
)
"""ARIA roles of what is no part of an article."""
_UNMARKED = frozenset(("b", "strong", "i", "em", "u", "sup", "sub", "br"))
"""Tags whose class says nothing of the article."""
_WITH_ITEMPROP = etree.XPath("descendant::*/@itemprop/..")
"""Asked from the attributes: a condition on every element takes twice the time."""
_PASSED_MOST = 1
"""If what was passed by holds so many times the text of the rest, the marks are not to be believed."""
_IMAGES = frozenset(("img", "picture", "amp-img"))
_AWAY_TAGS = frozenset(("aside", "footer"))
_AWAY: frozenset[Mark] = frozenset(("gone", "comments", "related", "paywall"))
_APART: frozenset[Mark] = frozenset(("caption", "byline", "date", "meta"))
_PASSED: frozenset[Mark] = frozenset(("gone", "comments", "related"))
_HINTS: frozenset[Mark] = frozenset(("headline", "picture", "doubtful"))
"""Marks that decide nothing by themselves."""
_PICTURE_BOXES = frozenset(("div", "table", "td", "tr", "tbody", "center", "dl", "section"))
_ENOUGH = 25
"""Characters outside links from which a block counts as text of the page, not as a label."""
_ENOUGH_IN_LIST = 60
"""The same for list items, which are labels more often."""
_MOST, _NEARLY_ALL, _ALL = 0.5, 0.8, 0.95
"""Shares of the page's running text from which a block is kept whatever its class says: with the headline, without it,
and if it calls itself comments (of which a short article may have many)."""
_LONGEST_CAPTION = 250
_LONGEST_PICTURE_TEXT = 600
_LONGEST_PAYWALL = 1_200
_LEAST_META_TEXT = 120
_SMALL_CARD = 450


@dataclass(slots=True)
class Block:
    """One block element and the text that stands in it directly or in inline elements."""

    element: Element
    tag: str
    parent: int
    mark: Mark
    is_hidden: bool = False
    own: int = 0
    """Characters, those of links included."""
    linked: int = 0
    images: int = 0
    all_linked: int = 0
    """Characters inside links of all that it holds."""
    whole: int = 0
    """Characters of all that it holds."""
    all_good: float = 0.0
    """Characters of running text of all that it holds, whatever the marks."""
    good: float = 0.0
    """The same without what is no part of the article."""
    poor: float = 0.0
    """Characters of links and labels, of all that it holds."""
    is_out: bool = False
    """No part of the article's text, by its mark or by that of a block that holds it."""
    is_away: bool = False
    """No part of the article at all: sidebar, comments, related boxes; bylines and dates in it are another's."""


@dataclass(slots=True)
class Survey:
    """All blocks of a page in printed order, and the elements that other readers look at."""

    blocks: list[Block] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    """Indexes of the h1, in printed order."""
    bylines: list[tuple[int, Element]] = field(default_factory=list)
    """Elements that say by class or role that they sign, with the index of the block around them."""
    dates: list[tuple[int, Element]] = field(default_factory=list)
    titles: list[tuple[int, Element]] = field(default_factory=list)
    """Elements that say by class that they print a headline."""
    with_headline: set[int] = field(default_factory=set)
    """Indexes of the blocks around the first h1, itself included."""
    marks: dict[Element, Mark] = field(default_factory=dict)
    """The decided marks of all marked elements, inline ones included."""


def element_text(element: Element) -> str:
    """All text of an element, white space made single."""
    return " ".join(_printed(element).split())


def _printed(element: Element) -> str:
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def survey_page(root: Element, titles: Collection[str] = ()) -> Survey:
    """Walk the tree once, without recursion; text is only measured, not yet read.

    `titles` are the headlines that the page's head names, in plain form: a heading that prints one is no card's.
    """
    survey = Survey()
    body = root.find("body")
    start = root if body is None else body
    around = {parent for element in _signs(start) for parent in element.iterancestors()}
    passed = _walk(survey, start, around)
    if _is_longer(passed, _PASSED_MOST * sum(block.own for block in survey.blocks)):
        survey = Survey()
        _walk(survey, start, None)
    _sum_up(survey.blocks)
    _decide(survey, titles)
    _weigh(survey.blocks)
    return survey


def _signs(start: Element) -> Iterator[Element]:
    """What stands in an article for certain: an h1, and its body by micro-data; looked for in C."""
    yield from start.iter("h1")
    yield from (one for one in elements_of(_WITH_ITEMPROP, start) if one.get("itemprop") == "articleBody")


def _is_longer(elements: list[Element], most: int) -> bool:
    """Whether elements hold more text than so many characters, white space made single; mostly it is little."""
    texts = [_printed(element) for element in elements]
    return sum(map(len, texts)) > most and sum(len(" ".join(text.split())) for text in texts) > most


def _walk(survey: Survey, start: Element, around: Set[Element] | None) -> list[Element]:
    """Add all blocks to the survey. What is away by its mark is passed by, and returned, unless it is one of `around`
    (which hold an h1 or the article's body by micro-data); None passes nothing by."""
    blocks, marks = survey.blocks, survey.marks
    passed: list[Element] = []
    home, in_link = -1, False
    above: list[tuple[Iterator[Element], int, bool]] = []
    level = iter([start])
    while True:
        for element in level:
            tag: Any = element.tag
            tail = element.tail
            if tail and home >= 0 and (size := len(tail.strip())):
                blocks[home].own += size
                if in_link:
                    blocks[home].linked += size
            if type(tag) is not str or tag in SILENT:
                if tag in _IMAGES and home >= 0:
                    blocks[home].images += 1
                continue
            mark: Mark = "plain"
            told = element.get
            if tag not in _UNMARKED:
                classes, name = told("class"), told("id")
                if classes or name:
                    mark = mark_of(classes or "", name or "")
                if told("role") in _AWAY_ROLES:
                    mark = "gone"
                if mark == "byline" or told("rel") == "author" or told("itemprop") == "author":
                    survey.bylines.append((home, element))
                if mark in _PASSED and around is not None and tag not in INLINE and home >= 0 and element not in around:
                    marks[element] = mark
                    passed.append(element)
                    continue
            within, is_linked = home, in_link
            if tag in INLINE and home >= 0:
                if mark != "plain" and mark not in _HINTS:
                    marks[element] = mark
                    if mark in _PASSED:
                        continue
                is_linked = in_link or tag == "a"
            else:
                within = len(blocks)
                if tag == "h1":
                    survey.headings.append(within)
                is_hidden = told("hidden") is not None or _hides(told("style"))
                blocks.append(Block(element, tag, home, mark, is_hidden))
            if mark == "headline":
                survey.titles.append((within, element))
            if mark == "date" or tag == "time":
                survey.dates.append((within, element))
            text = element.text
            if text and (size := len(text.strip())):
                blocks[within].own += size
                if is_linked:
                    blocks[within].linked += size
            children: list[Element] = element[:]  # type: ignore[index,assignment]  # in one step; not in the stubs
            if children:  # down to them; what is left of this level is gone on with behind them
                above.append((level, home, in_link))
                level, home, in_link = iter(children), within, is_linked
                break
        else:
            if not above:
                return passed
            level, home, in_link = above.pop()


def _sum_up(blocks: list[Block]) -> None:
    """Each block's text with that of the blocks within it."""
    for block in blocks:
        running = block.own - block.linked
        enough = _ENOUGH_IN_LIST if block.tag == "li" else _ENOUGH
        if running >= enough and block.linked <= running and block.tag not in HEADINGS:
            block.all_good = block.good = running
        else:
            block.poor = block.linked if block.tag in HEADINGS else block.own
        block.whole, block.all_linked = block.own, block.linked
    for n in range(len(blocks) - 1, 0, -1):
        block, parent = blocks[n], blocks[blocks[n].parent]
        parent.whole += block.whole
        parent.all_linked += block.all_linked
        parent.all_good += block.all_good
        parent.images += block.images


def _decide(survey: Survey, titles: Collection[str]) -> None:
    """Which blocks are no part of the article, from the outside in."""
    blocks, marks = survey.blocks, survey.marks
    total = blocks[0].all_good or 1.0
    with_headline = survey.with_headline = _holders(blocks, survey.headings)
    cards = _cards(blocks, titles)
    for n, block in enumerate(blocks):
        mark = _decided(block)
        if (
            block.parent >= 0
            and mark not in ("caption", "standfirst", "body")
            and blocks[block.parent].mark == "related"
        ):
            mark = "related"
        is_away = (mark in _AWAY and block.mark != "doubtful") or block.tag in _AWAY_TAGS
        is_away = is_away or n in cards or block.is_hidden
        is_out = is_away or mark in _APART or mark == "gone"
        share = block.all_good / total
        least = _ALL if mark == "comments" else _NEARLY_ALL
        if is_out and (share >= least or (n in with_headline and (is_away or share >= _MOST))):
            mark, is_away, is_out = "plain", False, False
        if is_away and mark not in _AWAY:
            mark = "related" if block.tag == "aside" else "gone"
        if block.parent >= 0:
            parent = blocks[block.parent]
            is_away = is_away or parent.is_away
            is_out = is_away or is_out or (parent.is_out and mark not in ("standfirst", "body"))
        block.mark, block.is_away, block.is_out = mark, is_away, is_out
        if mark != "plain":
            marks[block.element] = mark


def _decided(block: Block) -> Mark:
    """The mark that holds when the block's text is looked at too."""
    mark = block.mark
    if mark == "doubtful":
        return "gone" if block.all_good < 80 or block.all_good < 0.6 * block.whole else "plain"
    if mark == "headline":
        return "plain"
    if mark == "meta" and block.all_good >= _LEAST_META_TEXT and block.all_good >= 0.8 * block.whole:
        return "plain"
    if mark == "paywall":
        return "plain" if block.tag == "p" or block.whole > _LONGEST_PAYWALL else "paywall"
    if mark == "picture":
        return "caption" if block.images and block.whole <= _LONGEST_PICTURE_TEXT else "plain"
    if mark == "gone" and block.tag == "p" and block.own - block.linked > _LEAST_META_TEXT:
        return "plain"
    if block.tag in ("figure", "figcaption", "amp-figure"):
        return "caption"
    is_picture = block.images and block.tag in _PICTURE_BOXES and 0 < block.whole <= _LONGEST_CAPTION
    return "caption" if is_picture and mark == "plain" and 2 * block.all_linked < block.whole else mark


def _cards(blocks: list[Block], titles: Collection[str]) -> set[int]:
    """Small boxes around a heading that is a link: they lead to other articles."""
    cards: set[int] = set()
    for block in blocks:
        if block.tag in HEADINGS and block.tag != "h1" and block.linked > 0.9 * block.own > 0:
            n = block.parent
            while n > 0 and blocks[n].whole == block.whole:
                n = blocks[n].parent
            is_small = blocks[n].all_good < _SMALL_CARD and blocks[n].whole < 2 * _SMALL_CARD
            if n > 0 and is_small and not _is_title(block.element, titles):
                cards.add(n)
    return cards


def _is_title(element: Element, titles: Collection[str]) -> bool:
    words = plain(element_text(element))
    return any(words in title for title in titles) if len(words) > 12 else words in titles


def _holders(blocks: list[Block], indexes: list[int]) -> set[int]:
    """The blocks that hold the first of these."""
    holders: set[int] = set()
    n = indexes[0] if indexes else -1
    while n >= 0:
        holders.add(n)
        n = blocks[n].parent
    return holders


def _hides(style: str | None) -> bool:
    return style is not None and "display:none" in style.replace(" ", "").lower()


def _weigh(blocks: list[Block]) -> None:
    """Running text and the rest, without what is no part of the article."""
    for n in range(len(blocks) - 1, 0, -1):
        block = blocks[n]
        if not block.is_out:
            parent = blocks[block.parent]
            parent.good += block.good
            parent.poor += block.poor
