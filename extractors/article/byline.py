"""Who signs: people only, several people parted; agencies apart; desks, roles, dates and addresses are no names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from extractors.article.region import HeaderLine
from extractors.article.words import METAS, NAMES, TABLES, alternatives, plain
from extractors.page import Page, split_address
from extractors.records import Signal
from extractors.text import fold

_AGENCIES: dict[str, str] = {plain(form): name for name, forms in NAMES["agencies"].items() for form in forms}


def _words(key: str) -> list[str]:
    return [word for table in TABLES.values() for word in table.get(key, ())]


_BY_WORDS = frozenset(plain(word) for word in _words("by"))
_BY = re.compile(rf"(?<!\w)(?:{alternatives(_words('by_starts'))})(?!\w)[\s:]*")
_PREFIX = re.compile(rf"^(?:(?:{alternatives(_words('by'))})(?!\w)[\s:.–—|/-]*)+")
_ROLE = re.compile(rf"(?:^|[\s,(|–—-]+)(?:{alternatives(_words('roles'))})(?!\w).*$")
_ENDING = re.compile(rf"[\s,(|–—-]+(?:{alternatives(_words('by_ends'))})(?!\w).*$")
_NOBODY = frozenset(plain(word) for word in _words("nobody"))
_BETWEEN = re.compile(r"\s*(?:[,،;|/•·+&\n>»]|(?<=\s)(?:et|and|y|e|und|och|og|и|та|و)(?=\s))\s*")
_BRACKETS = re.compile(r"\([^)]{0,120}\)?|\[[^\]]{0,120}\]?")
_NO_NAME = re.compile(r"[@\d<>{}=#_]|https?:|www\.|\.(?:com|fr|net|org)\b", re.I)
_CAPITALS = re.compile(r"(?:[^\W\d_a-zà-ÿ][\w.'’-]*(?:,? (?:et|and|y|e|und) (?=[A-ZÀ-Þ])|, (?=[A-ZÀ-Þ])|\s+)?){2,12}")
_PARTICLES = frozenset(NAMES["particles"])
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ][a-zà-ÿ]{0,3}\.[ -]?){2,4}$")
_MAX_NAME, _MAX_LINE = 45, 200


def find_byline(
    page: Page, printed: Sequence[str], header: Sequence[HeaderLine], site: str | None
) -> tuple[tuple[str, ...], str | None, tuple[Signal, ...]]:
    """(people, agency, signals). `printed` are the byline elements of the article, `header` short lines near its
    headline, both in printed order."""
    outlets = _outlets(page, site)
    signals: list[Signal] = []
    people: tuple[str, ...] = ()
    agency = read_names(_json_organizations(page))[1]
    told = (
        ("jsonld:author", list(_json_authors(page))),
        ("printed", list(printed)),
        ("meta:author", [value for name in METAS["author"] for value in page.metas.get(name, ())]),
        ("rule:by", list(_labelled(header))),
    )
    for source, texts in told:
        names, signed = read_names(texts, outlets)
        agency = agency or signed or _bracketed_agency(texts)
        people = _shorter(people, names)
        chosen = bool(names) and not people
        if chosen:
            people = names
        if texts:
            signals.append(Signal("byline", source, " | ".join(texts)[:200], chosen))
    return people, agency, tuple(signals)


def _bracketed_agency(texts: Sequence[str]) -> str | None:
    """The agency behind a name: "Salma Ould-Kheïri (avec AFP)"."""
    brackets = (match[0] for text in texts for match in _BRACKETS.finditer(text[:_MAX_LINE]))
    return next((agency for bracket in brackets if (agency := agency_of(bracket))), None)


def _shorter(people: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    """People, where another place has a name without the words that stand behind it ("… Travel Correspondent")."""
    if len(people) == len(names) and all(
        plain(one).startswith(f"{plain(n)} ") for one, n in zip(people, names, strict=True)
    ):
        return names
    return people


def _outlets(page: Page, site: str | None) -> frozenset[str]:
    """The paper's names in plain form: from source, metas, publisher and host."""
    names = [site, *(page.meta(name) for name in METAS["site"])]
    for article in page.articles[:2]:
        publisher = article.get("publisher")
        for node in publisher if isinstance(publisher, list) else [publisher]:
            names.append(node.get("name") if isinstance(node, dict) else None)
    address = split_address(page.url)
    host = (address.hostname if address else None) or ""
    labels = [label for label in host.split(".")[:-1] if label not in ("www", "m", "amp", "fr", "en", "ar")]
    return frozenset(plain(name) for name in (*names, *labels) if isinstance(name, str) and plain(name))


def _labelled(header: Sequence[HeaderLine]) -> Iterator[str]:
    """What follows "Par", "By", "بقلم" in a short line, or stands below a line that says only that."""
    for n, line in enumerate(header):
        yield from _signed(line.text)
        if plain(line.text) in _BY_WORDS and n + 1 < len(header):
            yield header[n + 1].text


def _signed(line: str) -> Iterator[str]:
    """Names behind the word that announces them, as far as they are written with capitals."""
    for match in _BY.finditer(fold(line)) if len(line) <= _MAX_LINE else ():
        found = _CAPITALS.match(line, match.end())
        if found and (match.start() == 0 or not line[match.start()].islower()):
            yield found.group().strip()


def _json_authors(page: Page) -> Iterator[str]:
    for article in page.articles[:1]:
        yield from _author_names(article.get("author"))


def _json_organizations(page: Page) -> Iterator[str]:
    for article in page.articles[:1]:
        authors = article.get("author")
        for node in authors if isinstance(authors, list) else [authors]:
            if isinstance(node, dict) and isinstance(node.get("name"), str):
                yield node["name"]


def _author_names(value: Any) -> Iterator[str]:
    for node in value if isinstance(value, list) else [value]:
        if isinstance(node, str):
            yield node
        elif isinstance(node, dict):
            name = node.get("name")
            if node.get("@type") not in ("Organization", "NewsMediaOrganization", "Corporation"):
                yield from (part for part in (name if isinstance(name, list) else [name]) if isinstance(part, str))


def read_names(texts: Iterable[str], outlets: Collection[str] = ()) -> tuple[tuple[str, ...], str | None]:
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
    text = " ".join(_BRACKETS.sub(" ", text).split())
    if len(text) > _MAX_LINE:
        return
    for part in _BETWEEN.split(text):
        folded = fold(part)
        if match := _PREFIX.match(folded):
            part, folded = part[match.end() :], folded[match.end() :]
        for ending in (_ROLE, _ENDING):
            match = ending.search(folded)
            if match and (ending is _ROLE or part[match.start() :].strip(" ,(|–—-")[:1].islower()):
                part, folded = part[: match.start()], folded[: match.start()]
        bare = part.strip(" .,:;|–—-\"'«»“”")
        if bare:
            yield bare + "." if _INITIALS.search(f"{bare}.") or re.search(r"\s\w\.$", part) else bare


def is_person(name: str, outlets: Collection[str] = ()) -> bool:
    """Whether a printed name can be a person's: two to six words with capitals, or initials; no desk, paper, agency."""
    words = plain(name)
    tokens = words.split()
    if not 2 <= len(tokens) <= 6 or len(name) > _MAX_NAME or _NO_NAME.search(name):
        return False
    if words in _AGENCIES or words in _NOBODY or any(token in _NOBODY or token in outlets for token in tokens):
        return False
    if words in outlets or "".join(tokens) in outlets or "".join(token[0] for token in tokens) in outlets:
        return False
    return all(
        not word[0].islower() or plain(word) in _PARTICLES or "'" in word or "’" in word for word in name.split()
    )


def agency_of(text: str) -> str | None:
    """The agency that a signature names, as "(AFP)", "avec AFP", "AK/MD (AHD)"; None where it names no known one."""
    words = plain(text).split()
    for size in range(min(5, len(words)), 0, -1):
        for n in range(len(words) - size + 1):
            if (found := _AGENCIES.get(" ".join(words[n : n + size]))) is not None:
                return found
    return None
