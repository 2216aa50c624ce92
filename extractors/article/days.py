"""Printed days: ISO, numbers, and month names of every language that has a page table, with any digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from extractors.article.words import TABLES, plain
from extractors.text import fold


@dataclass(frozen=True, slots=True)
class Moment:
    """A day as printed, with its time where a zone is printed beside it."""

    on: str
    at: str | None = None


def _months() -> dict[str, int]:
    return {plain(name): number for table in TABLES.values() for name, number in table.get("months", {}).items()}


_MONTHS = _months()
_NAMES = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_ISO = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>\d\d?)-(?P<day>\d\d?)"
    r"(?:(?:T|\s+)(?P<time>\d\d?:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?)?", re.I
)  # fmt: skip
_LONGEST_ISO = 60
_DIGIT = re.compile(r"\d")
_CENTURY = re.compile(r"19\d|20\d")
"""Of a year in full, which all forms print but that in numbers."""
_NAMED = re.compile(
    rf"(?<!\d)(?P<day>\d\d?)(?:er|st|nd|rd|th|º|°|\.)?[\s,/-]+(?:de\s+|d'|of\s+)?(?P<name>{_NAMES})\.?[\s,/-]+(?:de\s+|del\s+)?{_YEAR}"
    rf"|(?<!\w)(?P<name2>{_NAMES})\.?\s+(?P<day2>\d\d?)(?:st|nd|rd|th)?[,\s]+(?P<year2>(?:19|20)\d\d)"
)
_NUMBERS = re.compile(
    r"(?<![\d/.-])(?:(?P<year>(?:19|20)\d\d)[./](?P<month>\d\d?)[./](?P<day>\d\d?)"
    r"|(?P<day2>\d\d?)\s?[./-]\s?(?P<month2>\d\d?)\s?[./-]\s?(?P<year2>(?:19|20)\d\d|\d\d))(?![\d/])"
)
_CJK = re.compile(r"(?P<year>(?:19|20)\d\d)\s*年\s*(?P<month>\d\d?)\s*月\s*(?P<day>\d\d?)\s*日")


def read_moments(text: str) -> Iterator[tuple[int, Moment]]:
    """(offset, day) of each day that is printed in full, in order of the forms: ISO, named months, numbers."""
    folded = fold(text)
    if not _DIGIT.search(folded):
        return
    has_year = _CENTURY.search(folded) is not None
    for match in _ISO.finditer(folded) if has_year else ():
        if moment := _iso_moment(match):
            yield match.start(), moment
    for match in _NAMED.finditer(folded) if has_year else ():
        name = match["name"] or match["name2"]
        month = _MONTHS[plain(name)]
        if on := _day(match["year"] or match["year2"], month, match["day"] or match["day2"]):
            yield match.start(), Moment(on)
    for pattern in (_CJK, _NUMBERS) if has_year else (_NUMBERS,):
        for match in pattern.finditer(folded):
            if on := _numbered(match.groupdict()):
                yield match.start(), Moment(on)


def read_moment(text: str) -> Moment | None:
    """The first day that is printed in a short text."""
    head = _ISO.match(fold(text)) if len(text) <= _LONGEST_ISO else None
    if head and (moment := _iso_moment(head)):  # as metas and <time> have it: nothing can stand before it
        return moment
    found = sorted(read_moments(text[:300]), key=lambda pair: pair[0])
    return found[0][1] if found else None


def _iso_moment(match: re.Match[str]) -> Moment | None:
    on = _day(match["year"], int(match["month"]), match["day"])
    if on is None or not match["time"]:
        return Moment(on) if on else None
    zone = (match["zone"] or "").upper()
    if not zone:
        return Moment(on)
    offset = "+00:00" if zone in ("Z", "UTC", "GMT") else zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    try:
        return Moment(on, datetime.fromisoformat(f"{on}T{match['time'].zfill(5)}{offset}").isoformat())
    except ValueError:
        return Moment(on)


def _numbered(parts: dict[str, str | None]) -> str | None:
    year = parts.get("year") or parts.get("year2") or ""
    month, day = int(parts.get("month") or parts.get("month2") or 0), parts.get("day") or parts.get("day2") or ""
    if month > 12 and int(day) <= 12:
        month, day = int(day), str(month)
    return _day(f"20{year}" if len(year) == 2 else year, month, day)


def _day(year: str, month: int, day: str) -> str | None:
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return None
