"""How long an answer holds by the site's own word: Cache-Control, Age and Expires (RFC 9111), as far as we need them.

An archive is no cache: it keeps what was published and never gives it out in place of the site. So `no-store` and
`private` do not keep a page off the shelves (the word for that is `noarchive`); `no-store` like `no-cache` says that
the answer holds for no time at all, and the next look asks. `s-maxage` is for caches that many share, and is not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MOST_FRESH = 86_400.0
"""Seconds: whatever a site says, what it gave is looked at again after a day."""
_MAX_AGE = re.compile(r'(?:^|[\s,])max-age\s*=\s*"?(\d{1,9})')
_UNHELD = re.compile(r"(?:^|[\s,])(?:no-cache|no-store)(?:$|[\s,])")


def fresh_seconds(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds from now for which the answer holds; None where the site says nothing of it. `headers` in lower case."""
    control = headers.get("cache-control", "").lower()
    if _UNHELD.search(control):
        return 0.0
    told = _MAX_AGE.search(control)
    if told:
        age = headers.get("age", "").strip()
        return _bounded(float(told.group(1)) - (float(age[:9]) if age.isdecimal() else 0.0))
    if "expires" not in headers:
        return None
    expires = moment_of(headers["expires"])
    # by the site's own clock where it shows one: a wrong clock then does no harm
    return 0.0 if expires is None else _bounded((expires - (moment_of(headers.get("date", "")) or now)).total_seconds())


def moment_of(text: str) -> datetime | None:
    """The moment of an HTTP date; None for a text that is none (`Expires: 0` means the past)."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _bounded(seconds: float) -> float:
    return min(max(0.0, seconds), MOST_FRESH)
