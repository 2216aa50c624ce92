"""What an element's class and id words say of it: body, caption, byline, related box, or no part of the article."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, cast

from extractors.registry import packaged, read_toml

Mark = Literal[
    "body", "standfirst", "paywall", "comments", "related", "gone", "doubtful", "caption", "picture",
    "headline", "byline", "date", "meta",
    "plain",
]  # fmt: skip
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_WORD = re.compile(r"[^a-z0-9]+")
_NUMBER = re.compile(r"(?<![a-z0-9])\d+(?![a-z0-9])")
"""The number of a post or of a menu's item: no phrase turns on it, and what is remembered serves the next page too."""
_UTILITY = re.compile(r"[:\[\]/&%]")
"""Signs of utility classes ("print:hidden", "md:w-1/2"): they say how, not what."""


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    forms = (re.escape(p).replace(r"\*", r"\w*").replace(r"\ ", " ") for p in sorted(set(phrases), key=len)[::-1])
    return re.compile(rf"(?:^| )(?:{'|'.join(forms)})(?= |$)")


_TABLE = cast("dict[Mark, dict[str, list[str]]]", read_toml(packaged("article", "marks.toml")))
_BODY = _pattern(_TABLE["body"]["phrases"])
_OTHERS = tuple((mark, _pattern(table["phrases"])) for mark, table in _TABLE.items() if mark != "body")
_RANKS = {mark: rank for rank, mark in enumerate([*(mark for mark in _TABLE if mark != "plain"), "plain"])}


@lru_cache(maxsize=65_536)
def mark_of(classes: str, name: str = "") -> Mark:
    """The mark of a class attribute and an id; "plain" where no word is known.

    Each class is read for itself: in "article-content__share" the share bar wins, in "article-content share-on" the
    article. What follows "--" is a variant and says nothing.
    """
    marks = map(_of_token, (*classes[:400].split(), name[:80]))
    return min(marks, key=_RANKS.__getitem__, default="plain")


@lru_cache(maxsize=65_536)
def _of_token(token: str) -> Mark:
    """Of one class or id."""
    if not token or _UTILITY.search(token):
        return "plain"
    words = _NO_WORD.sub(" ", _CAMEL.sub(" ", token.partition("--")[0]).lower()).strip()
    return _of_one(_NUMBER.sub("0", words))


@lru_cache(maxsize=65_536)
def _of_one(words: str) -> Mark:
    for mark, pattern in _OTHERS:
        if pattern.search(words):
            return mark
    return "body" if _BODY.search(words) else "plain"
