"""The day of publication, by vote of what the page says: JSON-LD, metas, time elements, printed days, the address."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from extractors.article.days import Moment, read_moment
from extractors.article.survey import element_text
from extractors.article.words import METAS, TABLES, alternatives
from extractors.page import Page
from extractors.records import PublishedBasis, Signal
from extractors.tree import Element

_URL_DAY = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)[/_-]?(?P<m>0[1-9]|1[0-2]|[1-9](?=[/_-]))[/_-]?(?P<d>0[1-9]|[12]\d|3[01]|[1-9])(?!\d)"
)
_EARLIEST = "1990-01-01"
_UPDATED = re.compile(rf"(?:{alternatives(w for t in TABLES.values() for w in t.get('updated', ()))})\b")
_WEIGHTS = {"jsonld": 5.0, "meta": 5.0, "time": 3.0, "printed": 2.0, "url": 2.5}


@dataclass(frozen=True, slots=True)
class Vote:
    """What one place says of the day."""

    source: str
    moment: Moment
    weight: float

    @property
    def basis(self) -> PublishedBasis:
        if self.source.startswith(("jsonld", "meta")):
            return "metadata"
        return "url" if self.source == "url" else "printed"


@dataclass(frozen=True, slots=True)
class Published:
    """The day that won, and how."""

    on: str | None = None
    at: str | None = None
    modified_at: str | None = None
    basis: PublishedBasis | None = None
    signals: tuple[Signal, ...] = ()


def find_published(
    page: Page, header: Sequence[tuple[str, str]], dates: Sequence[Element], captured_on: date | None = None
) -> Published:
    """`header` is (source, printed text) of lines near the headline; `dates` are elements marked as dates or times."""
    latest = (captured_on + timedelta(days=1)).isoformat() if captured_on else "2100-01-01"
    votes = [vote for vote in _votes(page, header, dates) if _EARLIEST <= vote.moment.on <= latest]
    modified = _modified(page)
    if not votes:
        return Published(modified_at=modified)
    sums: dict[str, float] = defaultdict(float)
    for vote in votes:
        sums[vote.moment.on] += vote.weight
    on = max(sums, key=lambda day: sums[day])
    behind = [vote for vote in votes if vote.moment.on == on]
    first = max(behind, key=lambda vote: (vote.weight, vote.moment.at is not None))
    at = next((vote.moment.at for vote in behind if vote.moment.at), None)
    return Published(on, at, modified, first.basis, tuple(_signals(votes, on)))


def _signals(votes: Iterable[Vote], on: str) -> Iterator[Signal]:
    for vote in votes:
        chosen = vote.moment.on == on
        yield Signal(
            "published_on", vote.source, vote.moment.at or vote.moment.on, chosen, None if chosen else "conflict"
        )


def _votes(page: Page, header: Sequence[tuple[str, str]], dates: Sequence[Element]) -> Iterator[Vote]:
    for article in page.articles[:3]:
        for key in ("datePublished", "dateCreated", "uploadDate"):
            if moment := _moment(article.get(key)):
                yield Vote(f"jsonld:{key}", moment, _WEIGHTS["jsonld"])
                break
    weight = _WEIGHTS["meta"]
    for name in METAS["published"]:
        if moment := _moment(page.meta(name)):
            yield Vote(f"meta:{name}", moment, weight)
            weight = 1.0
    for n, element in enumerate(dates[:6]):
        text = element.get("datetime") or element.get("content") or element_text(element)
        if _UPDATED.search(element_text(element).lower()) or "modif" in (element.get("itemprop") or "").lower():
            continue
        if moment := _moment(text):
            yield Vote("time" if element.tag == "time" else "printed", moment, _WEIGHTS["time"] / (n + 1))
    for source, text in header:
        if (source == "layout" or _is_label(text)) and (moment := _moment(text)):
            yield Vote(source, moment, _WEIGHTS["printed"])
    if moment := _in_url(page.canonical_url or page.url) or _in_url(page.url):
        yield Vote("url", moment, _WEIGHTS["url"])


def _is_label(text: str) -> bool:
    """A short line that is no sentence: "Publié le 12 mars 2025 à 10h00 par …"."""
    return len(text) <= 140 and len(text.split()) <= 16 and not text.rstrip().endswith((".", "!", "?", "؟"))


def _moment(text: object) -> Moment | None:
    if isinstance(text, list):
        text = text[0] if text else None
    return read_moment(text) if isinstance(text, str) else None


def _in_url(url: str | None) -> Moment | None:
    for match in _URL_DAY.finditer(url or ""):
        try:
            return Moment(date(int(match["y"]), int(match["m"]), int(match["d"])).isoformat())
        except ValueError:
            continue
    return None


def _modified(page: Page) -> str | None:
    values = [article.get("dateModified") for article in page.articles[:3]] + [
        page.meta(name) for name in METAS["modified"]
    ]
    return next((moment.at for value in values if (moment := _moment(value)) and moment.at), None)
