"""The dateline at the head of an article's first paragraph: city, day, agency, dash."""

from __future__ import annotations

import re

_NAME = r"[A-ZÀ-ÖØ-Þ\u0600-\u06ff][\w'’.-]*(?:[ -][\w'’.-]+){0,4}?"
_DATELINE = re.compile(
    rf"(?P<text>\(?(?P<city>{_NAME})(?:\s*\([^)]{{2,30}}\))?(?:\s*,\s*[^-–—():]{{2,40}})?\s*(?:\([^)]{{2,30}}\)\s*)?\.?"
    r"(?:(?:--?|–|—)(?=\s)|(?:(?<=[\d)]\.)|(?<=\)))-(?=[A-ZÀ-Þ])))"
)
_OWN_LINE = re.compile(rf"(?P<city>{_NAME}) ?, (?:le |el |em )?\d[^\n]{{3,30}}")
"""A city and a day on a line of their own, as official pages print them: "Nouakchott, 07/10/2025"."""
_PARTICLES = frozenset({"da", "das", "de", "del", "do", "dos", "el", "la", "las", "los"})


def read_dateline(body: str) -> tuple[str | None, str | None]:
    """(dateline as printed, its city) of "ALGER - …", "BAMAKO, 12 mars (Xinhua) -- …", or of a city on its own line."""
    first, _, rest = body.partition("\n\n")
    match = _DATELINE.match(first[:120])
    if match and _is_city(match["city"]):
        return match["text"], match["city"].rstrip(".")
    own = _city_of_line(first) if rest else None
    if own:
        return first, own
    if rest and 3 <= len(first) <= 30 and first.isupper() and len(first.split()) <= 3:
        return first, first
    return None, None


def is_dateline(line: str) -> bool:
    """Whether a line is a city with a day, and not a day alone: it stays in the body."""
    return _city_of_line(line) is not None


def _city_of_line(line: str) -> str | None:
    own = _OWN_LINE.fullmatch(line)
    city = own["city"].rstrip() if own else ""
    return city if city and _is_city(city) else None


def _is_city(city: str) -> bool:
    """One to three words with capitals (where the script has them), as cities are printed before a dash."""
    words = city.split()
    if not 3 <= len(city) <= 40 or any(letter.isdigit() for letter in city):
        return False
    return city.isupper() or (
        len(words) <= 3 and not any(word[0].islower() for word in words if word not in _PARTICLES)
    )
