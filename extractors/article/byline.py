"""Who signs: people only, several people parted; agencies apart; desks, roles, dates and addresses are no names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from extractors.article.words import TABLES, alternatives, plain
from extractors.page import Page
from extractors.records import Signal
from extractors.registry import packaged, read_toml
from extractors.text import fold

_AGENCIES = {
    plain(form): name
    for name, forms in read_toml(packaged("article", "agencies.toml"))["agencies"].items()
    for form in forms
}


_METAS = read_toml(packaged("article", "metas.toml"))


def _words(key: str) -> list[str]:
    return [word for table in TABLES.values() for word in table.get(key, ())]


_PREFIX = re.compile(rf"^(?:(?:{alternatives(_words('by'))})(?!\w)[\s:.–—|-]*)+")
_ROLE = re.compile(rf"(?:^|[\s,(|–—-]+)(?:{alternatives(_words('roles'))})(?!\w).*$")
_ENDING = re.compile(rf"[\s,(|–—-]+(?:{alternatives(_words('by_ends'))})(?!\w).*$")
_NOBODY = frozenset(plain(word) for word in _words("nobody"))
_BETWEEN = re.compile(r"\s*(?:[,،;|/•·+&\n]|(?<=\s)(?:et|and|y|e|und|och|og|и|та|و)(?=\s))\s*")
_BY = re.compile(rf"(?<!\w)(?:{alternatives(_words('by_starts'))})(?!\w)[\s:]*")
_CAPITALS = re.compile(r"(?:[^\W\d_a-zà-ÿ][\w.'’-]*(?:,? (?:et|and|y|e|und) (?=[A-ZÀ-Þ])|, (?=[A-ZÀ-Þ])|\s+)?){2,12}")
_NO_NAME = re.compile(r"[@\d<>{}=#]|https?:|www\.")
_LETTERS = re.compile(r"[^\W\d_]")
_MAX_NAME = 45
_MAX_LINE = 200


def find_byline(
    page: Page, printed: Sequence[str], header: Sequence[str], site: str | None
) -> tuple[tuple[str, ...], str | None, tuple[Signal, ...]]:
    """(people, agency, signals). `printed` are the byline elements of the article, `header` short lines near its
    headline, both in printed order."""
    outlets = {
        plain(name)
        for name in (site, page.meta("og:site_name"), page.meta("application-name"), *_publishers(page))
        if name
    }
    signals: list[Signal] = []
    people: tuple[str, ...] = ()
    agency: str | None = None
    told = (
        ("jsonld:author", list(_json_authors(page))),
        ("printed", list(printed)),
        ("meta:author", list(_meta_authors(page))),
        ("rule:by", [name for line in header for name in _signed(line)]),
    )
    for source, texts in told:
        names, signed = read_names(texts, outlets)
        agency = agency or signed
        chosen = bool(names) and not people
        if chosen:
            people = names
        if texts:
            signals.append(Signal("byline", source, " | ".join(texts)[:200], chosen))
    return people, agency, tuple(signals)


def _signed(line: str) -> Iterator[str]:
    """What follows "Par", "By", "بقلم" in a short line: names, as far as they are written with capitals."""
    for match in _BY.finditer(fold(line)) if len(line) <= _MAX_LINE else ():
        found = _CAPITALS.match(line, match.end())
        if found and not line[match.start()].islower():
            yield found.group().strip()


def _publishers(page: Page) -> Iterator[str]:
    for article in page.articles[:2]:
        publisher = article.get("publisher")
        for node in publisher if isinstance(publisher, list) else [publisher]:
            if isinstance(node, dict) and isinstance(node.get("name"), str):
                yield node["name"]


def _json_authors(page: Page) -> Iterator[str]:
    for article in page.articles[:1]:
        yield from _author_names(article.get("author"))


def _author_names(value: Any) -> Iterator[str]:
    for node in value if isinstance(value, list) else [value]:
        if isinstance(node, str):
            yield node
        elif isinstance(node, dict):
            name = node.get("name")
            if node.get("@type") not in ("Organization", "NewsMediaOrganization", "Corporation"):
                for part in name if isinstance(name, list) else [name]:
                    if isinstance(part, str):
                        yield part


def _meta_authors(page: Page) -> Iterator[str]:
    for name in _METAS["author"]:
        yield from page.metas.get(name, ())


def read_names(texts: Iterable[str], outlets: set[str] = frozenset()) -> tuple[tuple[str, ...], str | None]:  # type: ignore[assignment]
    """(people, agency) of printed bylines, in order, each once."""
    names: dict[str, str] = {}
    agency: str | None = None
    for text in texts:
        for part in _parts(text):
            words = plain(part)
            if words in _AGENCIES:
                agency = agency or _AGENCIES[words]
            elif is_person(part, outlets):
                names.setdefault(words, part)
    return tuple(names.values()), agency


def _parts(text: str) -> Iterator[str]:
    text = " ".join(text.split())
    if len(text) > _MAX_LINE:
        return
    for part in _BETWEEN.split(text):
        folded = fold(part)
        if match := _PREFIX.match(folded):
            part, folded = part[match.end() :], folded[match.end() :]
        for ending in (_ROLE, _ENDING):
            if match := ending.search(folded):
                part, folded = part[: match.start()], folded[: match.start()]
        if part := re.sub(r"\([^)]*\)", "", part).strip(" .,:;|–—-\"'«»") + (
            "." if re.search(r"\b\w\.$", part) else ""
        ):
            yield part


def is_person(name: str, outlets: set[str] | frozenset[str] = frozenset()) -> bool:
    """Whether a printed name can be a person's: two to five words, or initials, and no desk, paper or agency."""
    words = plain(name)
    tokens = words.split()
    if not 1 <= len(tokens) <= 6 or len(name) > _MAX_NAME or _NO_NAME.search(name) or not _LETTERS.search(name):
        return False
    if words in _AGENCIES or words in outlets or words in _NOBODY or any(token in _NOBODY for token in tokens):
        return False
    if len(tokens) == 1:
        return False
    return name[0].isupper() or not name[0].islower()
