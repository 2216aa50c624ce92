"""How much of an article is shown: spans of at most 300 characters, at most a tenth of it in all, cut between words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

LONGEST = 300
SHARE = 10
LEAST = 25
"""Of a span that is cut: less says nothing."""
RULE = (
    f"Of each article at most one character in {SHARE} of its body is shown, in spans of at most {LONGEST} characters. "
    "The sentences that show a visit come first, then the other spans in the order of the article's reports. A span "
    f"that does not fit is cut at a word's border (is_cut); where less than {LEAST} are left its text is null and its "
    "place stays."
)


def shown(spans: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows of evidence as they may be published. `spans` come article by article, in the order in which they are
    to be shown, each with `article_id`, `text` and `body_length` (characters)."""
    for _, its in groupby(spans, key=lambda span: span["article_id"]):
        left: int | None = None
        for span in its:
            left = (span["body_length"] or 0) // SHARE if left is None else left
            text = cut(span["text"], min(LONGEST, left))
            if text != span["text"] and len(text or "") < LEAST:
                text = None
            left -= len(text or "")
            row = {name: value for name, value in span.items() if name != "body_length"}
            yield {**row, "text": text, "is_cut": text != span["text"]}


def cut(text: str, most: int) -> str | None:
    """The text, or as many of its first whole words as `most` characters hold; None if that is no word."""
    if len(text) <= most:
        return text
    found = re.match(rf"(?s).{{0,{max(most, 0)}}}(?=\s)", text)
    return (found.group().rstrip() or None) if found else None
