"""The dateline at the head of an article's first paragraph: city, day, agency, dash."""

from __future__ import annotations

import re

_NAME = r"[A-ZÀ-ÖØ-Þ\u0600-\u06ff][\w'’.-]*(?:[ -][\w'’.-]+){0,4}?"
_DATELINE = re.compile(
    rf"(?P<text>\(?(?P<city>{_NAME})(?:\s*\([^)]{{2,30}}\))?(?:\s*,\s*[^-–—():]{{2,40}})?\s*(?:\([^)]{{2,30}}\)\s*)?(?:--?|–|—|:))(?=\s)"
)
_LOWER_START = re.compile(r"[a-zà-ÿ]")


def read_dateline(body: str) -> tuple[str | None, str | None]:
    """(dateline as printed, its city) of "ALGER - …", "BAMAKO, 12 mars (Xinhua) -- …", or of a city on its own line."""
    first, _, rest = body.partition("\n\n")
    match = _DATELINE.match(first[:120])
    if match and _is_city(match["city"], match["text"]):
        return match["text"], _written(match["city"])
    if rest and len(first) <= 30 and first.isupper() and len(first.split()) <= 3:
        return first, _written(first)
    return None, None


def _is_city(city: str, text: str) -> bool:
    if len(city) > 40 or len(city) < 3:
        return False
    words = city.split()
    return (city.isupper() and not text.endswith(":")) or (
        len(words) <= 3 and all(w[0].isupper() for w in words) and not text.endswith(":")
    )


def _written(city: str) -> str:
    return city
