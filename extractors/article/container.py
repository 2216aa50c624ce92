"""Which block holds the article's text: the body scorer, all of its weights in one place."""

from __future__ import annotations

from extractors.article.survey import Block, Survey

_LEAVES = frozenset(("p", "blockquote", "li", "ul", "ol", "h2", "h3", "h4"))
BODY_FACTOR = 1.6
"""A block that calls itself the article's body weighs so many times its text."""
NEARLY_ALL, NEARLY_ALL_BODY, BESIDE = 0.8, 0.5, 0.08
"""Share of the text from which the search goes down into a child; into one that calls itself body; share that
paragraphs beside the child may hold at most."""
TWIN = 0.1
"""Share of a body's text from which a second body beside it belongs to the article."""
_BODY_PROPERTIES = frozenset(("articlebody", "content:encoded", "text"))


def find_container(survey: Survey) -> int:
    """Index of the block that holds the article's text: most running text for least of anything else.

    From the block with the best balance the search goes down while one child holds nearly all of the text and the
    rest stands in no paragraphs beside it.
    """
    blocks = survey.blocks
    inside = [n for n, block in enumerate(blocks) if not block.is_out]
    holders = [n for n in inside if blocks[n].tag not in _LEAVES] or inside
    best = max(holders, key=lambda n: (_balance(blocks[n]), n), default=0)
    children: dict[int, list[int]] = {}
    for n in inside:
        children.setdefault(blocks[n].parent, []).append(n)
    if is_body(blocks[best]) and _has_twin(survey, best, children.get(blocks[best].parent, [])):
        return blocks[best].parent
    while (below := _narrower(survey, best, children.get(best, []))) is not None:
        best = below
    return best


def _has_twin(survey: Survey, n: int, siblings: list[int]) -> bool:
    """Whether another part of the text stands beside a body: papers print one article in several boxes."""
    blocks = survey.blocks
    twins = (blocks[k] for k in siblings if k != n and is_body(blocks[k]))
    return any(twin.good > TWIN * blocks[n].good and twin.good > twin.poor for twin in twins)


def _balance(block: Block) -> float:
    score = block.good - block.poor
    return score * BODY_FACTOR if score > 0 and is_body(block) else score


def is_body(block: Block) -> bool:
    """Whether a block calls itself the article's text, by class or micro-data."""
    if block.mark == "body":
        return True
    named = block.element.get("itemprop") or block.element.get("property")
    return named is not None and named.lower() in _BODY_PROPERTIES


def _is_announced(survey: Survey, n: int) -> bool:
    """Whether a block, or the only one that has text within it, says that the article is here."""
    blocks = survey.blocks
    for k in range(n, min(n + 12, len(blocks))):
        block = blocks[k]
        if block.good < 0.95 * blocks[n].good:
            continue
        if is_body(block) or block.tag == "article" or k in survey.with_headline:
            return True
    return False


def _narrower(survey: Survey, n: int, children: list[int]) -> int | None:
    """The child that holds nearly all of a block's text, if no paragraph of it stands beside that child."""
    blocks = survey.blocks
    if not children:
        return None
    top = max(children, key=lambda k: blocks[k].good)
    least = NEARLY_ALL_BODY if _is_announced(survey, top) else NEARLY_ALL
    if blocks[top].good < least * blocks[n].good or blocks[top].tag in _LEAVES:
        return None
    if is_body(blocks[top]) and _has_twin(survey, top, children):
        return None
    beside = sum(blocks[k].good for k in children if k != top and blocks[k].tag in _LEAVES)
    return None if beside > BESIDE * blocks[n].good else top
