"""The day of publication, by vote of what the page says: JSON-LD, metas, time elements, printed days, the address."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from extractors.article.days import Moment, read_moment
from extractors.article.survey import element_text
from extractors.article.words import METAS, TABLES, alternatives, plain
from extractors.page import Page
from extractors.records import PublishedBasis, Signal
from extractors.tree import Element

_URL_DAY = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:(?P<sep>[/_-])(?P<m>\d\d?)(?P=sep)(?P<d>\d\d?)|(?P<m2>[01]\d)(?P<d2>[0-3]\d))(?!\d)"
)
_EARLIEST = "1990-01-01"
_UPDATED = re.compile(rf"(?:{alternatives(w for t in TABLES.values() for w in t.get('updated', ()))})\b")
WEIGHTS = {
    "layout": 50.0,
    "jsonld": 5.0,
    "meta": 5.0,
    "time": 3.0,
    "url": 2.5,
    "printed": 2.0,
    "title": 1.5,
    "other meta": 1.0,
}
"""Of the places that tell a day; the day with the largest sum wins."""
_DIGIT = re.compile(r"\d")
_MOST_DATES = 6
_TITLE_END = 14
"""Characters of the title in which some papers print the day: "… | 28.04.2023"."""


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
    """What each place says; a place that says a day twice is heard once."""
    heard: set[tuple[str, str]] = set()
    for vote in (*_metadata_votes(page), *_printed_votes(header, dates), *_address_votes(page)):
        key = (vote.source.partition(":")[0], vote.moment.on)
        if key not in heard or vote.source.startswith("meta:"):
            heard.add(key)
            yield vote


def _metadata_votes(page: Page) -> Iterator[Vote]:
    for article in page.articles[:3]:
        for key in ("datePublished", "dateCreated", "uploadDate"):
            if moment := _moment(article.get(key)):
                yield Vote(f"jsonld:{key}", moment, WEIGHTS["jsonld"])
                break
    weight = WEIGHTS["meta"]
    for name in METAS["published"]:
        if moment := _moment(page.meta(name)):
            yield Vote(f"meta:{name}", moment, weight)
            weight = WEIGHTS["other meta"]


def _printed_votes(header: Sequence[tuple[str, str]], dates: Sequence[Element]) -> Iterator[Vote]:
    for n, element in enumerate(dates[:_MOST_DATES]):
        text = element_text(element)
        classes = element.get("class") or ""
        is_update = "modif" in (element.get("itemprop") or "").lower() or (
            ("updated" in classes or "modified" in classes) and "publish" not in classes
        )
        moment = _moment(element.get("datetime") or element.get("content") or element.get("title")) or _moment(text)
        if moment and not is_update and not _tells_update(text):
            yield Vote("time" if element.tag == "time" else "printed", moment, WEIGHTS["time"] / (n + 1))
    for source, text in header:
        if source == "layout" and (moment := _moment(text)):
            yield Vote(source, moment, WEIGHTS["layout"])
        elif _is_label(text) and not _tells_update(text) and (moment := _moment(text)):
            yield Vote(source, moment, WEIGHTS["printed"])


def _address_votes(page: Page) -> Iterator[Vote]:
    last = (page.title or "")[-_TITLE_END:]
    if moment := _moment(last):
        yield Vote("title", moment, WEIGHTS["title"])
    if moment := _in_url(page.canonical_url or page.url) or _in_url(page.url):
        yield Vote("url", moment, WEIGHTS["url"])


def _tells_update(text: str) -> bool:
    """Whether the first thing that a text dates is an update."""
    words = plain(text[:200])
    update = _UPDATED.search(words)
    first = _DIGIT.search(words)
    return update is not None and first is not None and update.start() < first.start()


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
            on = date(int(match["y"]), int(match["m"] or match["m2"]), int(match["d"] or match["d2"]))
            return Moment(on.isoformat())
        except ValueError:
            continue
    return None


def _modified(page: Page) -> str | None:
    values = [article.get("dateModified") for article in page.articles[:3]] + [
        page.meta(name) for name in METAS["modified"]
    ]
    return next((moment.at for value in values if (moment := _moment(value)) and moment.at), None)
