"""What an element's class and id words say of it: body, caption, byline, related box, or no part of the article."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, cast

from extractors.registry import packaged, read_toml

Mark = Literal[
    "body", "standfirst", "paywall", "comments", "related", "gone", "caption", "byline", "date", "meta", "plain"
]
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_WORD = re.compile(r"[^a-z0-9]+")


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    words = "|".join(
        re.escape(p).replace(r"\*", r"\w*").replace(r"\ ", " ") for p in sorted(set(phrases), key=len)[::-1]
    )
    return re.compile(rf"(?:^| )(?:{words})(?= |$)")


_TABLE = read_toml(packaged("article", "marks.toml"))
_PATTERNS: tuple[tuple[Mark, re.Pattern[str]], ...] = tuple(
    (mark, _pattern(table["phrases"])) for mark, table in cast("dict[Mark, dict[str, list[str]]]", _TABLE).items()
)


@lru_cache(maxsize=65_536)
def mark_of(words: str) -> Mark:
    """The mark of a class attribute, an id or a custom tag's name; "plain" where none of its words is known."""
    normal = _NO_WORD.sub(" ", _CAMEL.sub(" ", words[:300]).lower()).strip()
    return next((mark for mark, pattern in _PATTERNS if pattern.search(normal)), "plain")
