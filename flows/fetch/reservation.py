"""The reservation of text and data mining (TDMRep): what a site's file, a header and the page itself say of it.

The file at /.well-known/tdmrep.json is asked for once a run and site, before any page of it; the header of the page
overrides the file, the page's meta overrides the header. Reserved means that the page is not taken.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from extractors import Rights, refuses_archive, reservation_of
from flows.fetch.answers import AnswerBook
from flows.fetch.capture import FetchResult

Headers = Sequence[tuple[str, str]]
TDM_FILE = "/.well-known/tdmrep.json"
TDM_BYTES = 512_000
MOST_RULES = 1_000
PROBES = 2
"""Pages of a site whose file reserves that are asked for in a run, to see whether header or meta lifts it there."""


@dataclass(frozen=True, slots=True)
class Reservation:
    """Whether mining is reserved, and which of the three places said so."""

    is_reserved: bool = False
    basis: str | None = None
    """`file`, `header` or `meta`; None where no place says anything."""
    is_closed: bool = False
    """The site's file reserves, and pages asked for in this run did not say otherwise: no further one is asked for."""

    @property
    def text(self) -> str | None:
        """As kept with the fetch."""
        return f"{'reserved' if self.is_reserved else 'open'} ({self.basis})" if self.basis else None


@dataclass(frozen=True, slots=True)
class ReservationRules:
    """The rules of one site's file: (pattern of the path, its length, reserved)."""

    rules: tuple[tuple[re.Pattern[str], int, bool], ...] = ()
    is_closed: bool = False

    def of(self, url: str) -> Reservation:
        """What the file says of one address: the longest pattern that fits decides, the reserving one of two equals."""
        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        fitting = [(length, is_reserved) for pattern, length, is_reserved in self.rules if pattern.match(target)]
        if not fitting:
            return Reservation()
        is_reserved = max(fitting)[1]
        return Reservation(is_reserved, "file", is_closed=is_reserved and self.is_closed)


def read_reservation_file(result: FetchResult) -> ReservationRules:
    """The rules of a fetched file; without one, or with one that is no JSON list of rules, nothing is reserved here.

    Unlike robots.txt an unreachable file is no "no": the protocol takes a missing declaration as none.
    """
    if result.capture is None:
        return ReservationRules()
    try:
        told = json.loads(result.capture.body)
    except (ValueError, RecursionError):
        return ReservationRules()
    rows = [row for row in told if isinstance(row, dict)] if isinstance(told, list) else []
    return ReservationRules(tuple(rule for row in rows[:MOST_RULES] if (rule := _rule(row)) is not None))


def _rule(row: Mapping[str, Any]) -> tuple[re.Pattern[str], int, bool] | None:
    location, is_reserved = row.get("location"), reservation_of(str(row.get("tdm-reservation", "")))
    if not isinstance(location, str) or is_reserved is None or len(location) > 2_000:
        return None
    path = location if location.startswith(("/", "*")) else f"/{location}"
    is_whole = path.endswith("$")
    # runs of stars are one star: each further one would only make matching slower
    parts = [re.escape(part) for part in re.split(r"\*+", path.removesuffix("$"))]
    return re.compile(".*?".join(parts) + ("$" if is_whole else "")), len(location), is_reserved


def _address(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], TDM_FILE, "", ""))


def decide(from_file: Reservation, headers: Headers, page: Rights) -> Reservation:
    """The reservation that holds for a page that came: file, then header, then meta, the later over the earlier."""
    header = reservation_of(next((v for name, v in headers if name.lower() == "tdm-reservation"), None))
    if page.is_reserved is not None:
        return Reservation(page.is_reserved, "meta")
    return Reservation(header, "header") if header is not None else from_file


def asks_no_archive(headers: Headers, page: Rights) -> bool:
    """Whether the X-Robots-Tag header or the page's meta asks not to be archived."""
    told = ",".join(value for name, value in headers if name.lower() == "x-robots-tag")
    return refuses_archive(told) or page.is_unarchived


class ReservationBook:
    """The files of every site of a run, each asked for once, by whoever comes first, unless an earlier answer holds."""

    def __init__(self, fetch: Callable[[str], Awaitable[FetchResult]]) -> None:
        self._answers = AnswerBook(fetch)
        self._read: dict[str, ReservationRules] = {}
        self._kept_reserved: Counter[str] = Counter()

    async def rules(self, url: str) -> ReservationRules:
        address = _address(url)
        if address not in self._read:
            self._read[address] = read_reservation_file(await self._answers.of(address))
        return replace(self._read[address], is_closed=self._kept_reserved[address] >= PROBES)

    def note(self, url: str, told: Reservation) -> None:
        """A page came, and the file's reservation held for it too."""
        if told.basis == "file":
            self._kept_reserved[_address(url)] += 1

    def remember(self, answers: Mapping[str, FetchResult]) -> None:
        self._answers.remember({address: answer for address, answer in answers.items() if address.endswith(TDM_FILE)})

    def told(self) -> dict[str, FetchResult]:
        return self._answers.told()
