"""The words of one language for offices, visits, kinds and status, compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractors.errors import SourceError
from extractors.registry import packaged, read_toml


@dataclass(frozen=True, slots=True)
class Ladder:
    """Labels with the words that show them, all in one pattern: the first label of the order wins at a place."""

    labels: tuple[str, ...]
    pattern: re.Pattern[str]

    def label_of(self, match: re.Match[str]) -> str:
        """The label whose words a match of `pattern` holds."""
        return self.labels[(match.lastindex or 1) - 1]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the coder knows of one language."""

    language: str
    offices: Ladder
    foreign_portfolio: re.Pattern[str]
    portfolio: str
    portfolio_link: str
    honorific: str
    particle: str
    nouns: re.Pattern[str]
    strong: re.Pattern[str]
    against: re.Pattern[str]
    kinds: Ladder
    status: Ladder


def source_of(words: str) -> str:
    """A pattern as written in a language file, with both apostrophes and any single white space."""
    return words.replace("'", "['’]").replace(" ", r"\s")


def any_of(words: Sequence[str]) -> str:
    """One alternation of patterns as written in a language file."""
    return "|".join(source_of(w) for w in words)


def compile_any(words: Sequence[str]) -> re.Pattern[str]:
    """One pattern for all words, at word starts, whatever the case."""
    return re.compile(rf"\b(?:{any_of(words)})", re.IGNORECASE)


def compile_ladder(section: Mapping[str, Any]) -> Ladder:
    """The labels of a section in its own `order`."""
    labels = tuple(section["order"])
    steps = "|".join(f"({any_of(section[label])})" for label in labels)
    return Ladder(labels, re.compile(rf"\b(?:{steps})(?!\w)", re.IGNORECASE))


@cache
def language_table(language: str, section: str) -> Mapping[str, Any]:
    """One section of a language file; empty where no file or no such section is. Raises SourceError on broken TOML."""
    path = packaged("languages", f"{language}.toml")
    table = read_toml(path).get(section, {}) if path.exists() else {}
    return table if isinstance(table, Mapping) else {}


@cache
def load_lexicon(language: str) -> Lexicon | None:
    """The lexicon of a language, or None where no file holds one. Raises SourceError naming a missing key."""
    path = packaged("languages", f"{language}.toml")
    if not path.exists():
        return None
    told = read_toml(path)
    try:
        return _lexicon(language, told)
    except (KeyError, re.error) as error:
        raise SourceError(
            f"{path.name}: sections [offices] [visit] [kinds] [status] wanted ({error!r}); see fr.toml"
        ) from error


def _lexicon(language: str, told: Mapping[str, Any]) -> Lexicon:
    offices, visit = told["offices"], told["visit"]
    return Lexicon(
        language=language,
        offices=compile_ladder(offices),
        foreign_portfolio=re.compile(source_of(offices["foreign_portfolio"]), re.IGNORECASE),
        portfolio=source_of(offices["portfolio"]),
        portfolio_link=source_of(offices["portfolio_link"]),
        honorific=any_of(offices["honorifics"]),
        particle="|".join(offices["particles"]),
        nouns=compile_any(visit["nouns"]),
        strong=compile_any(visit["strong"]),
        against=compile_any(visit["against"]),
        kinds=compile_ladder(told["kinds"]),
        status=compile_ladder(told["status"]),
    )
