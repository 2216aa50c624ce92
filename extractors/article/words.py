"""The words that papers print around an article, of all languages at once, ready for matching on folded text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from extractors.registry import packaged, read_toml
from extractors.text import fold

_APART = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Folded words parted by single spaces, without any sign: the form in which lines are compared."""
    return _remembered(text) if len(text) <= _SHORT else _plain(text)


def _plain(text: str) -> str:
    return _APART.sub(" ", text.lower() if text.isascii() else fold(text)).strip()


_remembered = lru_cache(maxsize=8_192)(_plain)
_SHORT = 400
"""Characters up to which a text's plain form is remembered: a line is asked for by several readers."""


def alternatives(phrases: Iterable[str]) -> str:
    """A regular expression of phrases for folded text: longest first, any signs between words."""
    forms = sorted({plain(phrase) for phrase in phrases} - {""}, key=len, reverse=True)
    return "|".join(re.escape(form).replace(r"\ ", r"[\W_]{1,3}") for form in forms)


def _load() -> dict[str, Mapping[str, Any]]:
    folder = packaged("languages", "page")
    return {path.stem: read_toml(path) for path in sorted(folder.glob("*.toml"))}


TABLES = _load()
"""The page words of each language, by ISO 639-1 code."""


def _all(key: str) -> list[str]:
    return [phrase for table in TABLES.values() for phrase in table.get(key, ())]


RELATED_END = re.compile(rf"(?<!\w)(?:{alternatives(_all('related'))})\s*[:>|»→–-]+[\W_]*$")
"""Finds a "Lire aussi :" at the end of a folded text."""
METAS = read_toml(packaged("article", "metas.toml"))
"""Names of metas by what they tell."""
RELATED_OPENER = re.compile(
    rf"(?:[\W_]{{0,6}})(?P<opener>{alternatives(_all('related'))})(?![\w])(?P<sign>\s*[:>|»→–-]*)"
)
"""Matches where a "Lire aussi" begins, on folded text."""
BOX = re.compile(rf"(?:{alternatives(_all('boxes'))})(?!\w)")
"""Matches the heading of a box of links that belongs to the page, not to the article, in plain form."""
FURNITURE = frozenset(plain(line) for line in _all("furniture"))
"""Lines that are no text of the article, whole, in plain form."""
ENDINGS = frozenset(plain(line) for line in _all("endings"))
"""Lines behind which readers speak, not the paper."""
FURNITURE_START = re.compile(rf"(?:{alternatives(_all('furniture_starts'))})\b")
NAMES = read_toml(packaged("article", "names.toml"))
"""Agencies, networks, and the small words inside names."""
NETWORKS = frozenset(plain(word) for word in NAMES["networks"])
SHARE_WORDS = NETWORKS | {word for line in FURNITURE for word in line.split()}
"""Words of which share bars are made."""
COUNTER_WORDS = frozenset(word for phrase in _all("counters") for word in plain(phrase).split())
SOURCE_LINE = re.compile(rf"[\W_]*(?:{alternatives(_all('sources'))})\s*:")
PAYWALL = re.compile(rf"(?:{alternatives(_all('paywall'))})\b")
CREDIT = re.compile(rf"(?:{alternatives(_all('credit'))})\b")
