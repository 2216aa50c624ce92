"""A survey of the page: where the article's text stands, weighed on lxml's tree in one walk."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.article.marks import Mark, mark_of
from extractors.tree import Element

INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
))  # fmt: skip
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
SILENT = frozenset((
    "nav", "img", "picture", "source", "meta", "link", "input", "hr", "area", "track", "param", "progress", "dialog",
    "menu", "br", "wbr", "amp-img", "amp-ad", "amp-social-share", "amp-sidebar", "amp-user-notification", "amp-consent",
    "amp-analytics", "amp-iframe", "amp-video",
))  # fmt: skip
"""Tags that hold nothing of an article's text."""
OUTSIDE: frozenset[Mark] = frozenset(("gone", "comments", "related", "paywall"))
APART: frozenset[Mark] = frozenset(("caption", "byline", "date", "meta"))
_AWAY_TAGS = frozenset(("aside", "footer"))
_OUT_TAGS = frozenset(("figure", "figcaption"))
_LEAVES = frozenset(("p", "blockquote", "li", "ul", "ol", "h2", "h3", "h4"))
_NEARLY_ALL, _NEARLY_ALL_BODY, _BESIDE = 0.8, 0.65, 0.08
_ENOUGH = 25
"""Characters outside links from which a block counts as text of the page, not as a label."""
_ENOUGH_IN_LIST = 60
"""The same for list items, which are labels more often."""
_MOST = 0.5
"""Share of the page's running text from which a block is kept whatever its class says."""


@dataclass(slots=True)
class Block:
    """One block element and the text that stands in it directly or in inline elements."""

    element: Element
    parent: int
    mark: Mark
    own: int = 0
    """Characters, those of links included."""
    linked: int = 0
    good: float = 0.0
    """Characters of running text, of all that it holds."""
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
    kept: set[str] = field(default_factory=set)
    """Class and id words that would put an element out of the article, on elements that hold most of its text."""


def survey_page(root: Element) -> Survey:
    """Walk the tree once, without recursion; text is only measured, not yet read."""
    survey = Survey()
    blocks = survey.blocks
    body = root.find("body")
    waiting: list[tuple[Element, int, bool]] = [(root if body is None else body, -1, False)]
    while waiting:
        element, home, in_link = waiting.pop()
        tag = element.tag
        tail = element.tail
        if tail and home >= 0 and (size := len(tail.strip())):
            blocks[home].own += size
            if in_link and tag != "a":
                blocks[home].linked += size
        if type(tag) is not str or tag in SILENT:
            continue
        words = class_words(element) if element.attrib else ""
        mark: Mark = mark_of(words) if words else "plain"
        is_byline = mark == "byline" or element.get("rel") == "author" or element.get("itemprop") == "author"
        inside = in_link
        if tag == "a":
            inside = True
        if tag in INLINE and home >= 0:
            if mark in OUTSIDE:
                continue
        else:
            if tag == "h1":
                survey.headings.append(len(blocks))
            blocks.append(Block(element, home, mark))
            home = len(blocks) - 1
        if is_byline:
            survey.bylines.append((home, element))
        if mark == "date" or tag == "time":
            survey.dates.append((home, element))
        text = element.text
        if text and (size := len(text.strip())):
            blocks[home].own += size
            if inside:
                blocks[home].linked += size
        waiting.extend([(child, home, inside) for child in reversed(element)])
    _weigh(survey)
    return survey


def class_words(element: Element) -> str:
    """Class and id as one text."""
    return f"{' '.join(element.get('class', '').split())} {element.get('id', '')}".strip()


def _weigh(survey: Survey) -> None:
    blocks = survey.blocks
    for block in blocks:
        running = block.own - block.linked
        enough = _ENOUGH_IN_LIST if block.element.tag == "li" else _ENOUGH
        if running >= enough and block.linked <= running and block.element.tag not in HEADINGS:
            block.good = running
        else:
            block.poor = block.own
    whole = _summed(blocks)
    total = whole[0] or 1
    with_headline = _holders(blocks, survey.headings)
    for n, block in enumerate(blocks):
        tag = block.element.tag
        is_away = block.mark in OUTSIDE or tag in _AWAY_TAGS or _is_hidden(block.element)
        is_out = is_away or block.mark in APART or tag in _OUT_TAGS
        if is_out and (whole[n] >= _MOST * total or n in with_headline):
            survey.kept.add(class_words(block.element))
            is_away = is_out = False
        if block.parent >= 0:
            parent = blocks[block.parent]
            is_away, is_out = is_away or parent.is_away, is_out or parent.is_out
        block.is_away, block.is_out = is_away, is_out
    for n in range(len(blocks) - 1, 0, -1):
        block = blocks[n]
        if block.is_out:
            continue
        parent = blocks[block.parent]
        parent.good += block.good
        parent.poor += block.poor


def _summed(blocks: list[Block]) -> list[float]:
    sums = [block.good for block in blocks]
    for n in range(len(blocks) - 1, 0, -1):
        sums[blocks[n].parent] += sums[n]
    return sums


def _holders(blocks: list[Block], indexes: list[int]) -> set[int]:
    """The blocks that hold the first of these."""
    holders: set[int] = set()
    n = indexes[0] if indexes else -1
    while n >= 0:
        holders.add(n)
        n = blocks[n].parent
    return holders


def _is_hidden(element: Element) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and "display:none" in style.replace(" ", "").lower()


def find_container(survey: Survey) -> int:
    """Index of the block that holds the article's text: most running text for least of anything else.

    From the block with the best balance the search goes down while one child holds nearly all of the text and the
    rest stands in no paragraphs beside it.
    """
    best = max(
        (n for n, block in enumerate(survey.blocks) if not block.is_out), key=lambda n: _balance(survey.blocks[n])
    )
    children: dict[int, list[int]] = {}
    for n, block in enumerate(survey.blocks):
        if not block.is_out:
            children.setdefault(block.parent, []).append(n)
    while (below := _narrower(survey, best, children.get(best, []))) is not None:
        best = below
    return best


def _balance(block: Block) -> float:
    score = block.good - block.poor
    return score * 1.3 if score > 0 and _is_body(block) else score


def _is_body(block: Block) -> bool:
    return block.mark == "body" or block.element.get("itemprop") in ("articleBody", "content:encoded")


def _narrower(survey: Survey, n: int, children: list[int]) -> int | None:
    """The child that holds nearly all of a block's text, if no paragraph of it stands beside that child."""
    blocks = survey.blocks
    if not children:
        return None
    top = max(children, key=lambda k: blocks[k].good)
    least = _NEARLY_ALL_BODY if _is_body(blocks[top]) or blocks[top].element.tag == "article" else _NEARLY_ALL
    if blocks[top].good < least * blocks[n].good or blocks[top].element.tag in _LEAVES:
        return None
    beside = sum(blocks[k].good for k in children if k != top and blocks[k].element.tag in _LEAVES)
    return None if beside > _BESIDE * blocks[n].good else top
