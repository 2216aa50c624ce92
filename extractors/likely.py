"""May this feed entry concern a visit? A cheap look at its headline and summary, before its page is asked for."""

from __future__ import annotations

import re
from functools import cache

from extractors.records import Entry
from extractors.registry import packaged, read_toml
from extractors.text import fold

_LEAST_TEXT = 15
"""Letters: an entry that says less than this can't be judged, and may concern anything."""


@cache
def _words() -> re.Pattern[str]:
    """The words of all languages in one pattern: a paper quotes in any of them, and the look costs the same."""
    told = read_toml(packaged("languages", "likely.toml"))
    starts = sorted({word for words in told.values() for word in words})
    # Arabic words carry "and", "in", "for" and the article before them
    return re.compile(r"(?<!\w)(?:[وفبلك]?(?:ال)?)(?:" + "|".join(map(re.escape, starts)) + ")")


def may_concern_visit(entry: Entry) -> bool:
    """Whether the entry's page is worth asking for; True wherever its text says too little to tell."""
    text = fold(" ".join(part for part in (entry.headline, entry.summary) if part))
    return len(text) < _LEAST_TEXT or _words().search(f"{text} ") is not None
