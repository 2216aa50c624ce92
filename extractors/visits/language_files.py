"""The files of words, one a language, each read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from extractors.registry import packaged, read_toml


@cache
def language_table(language: str, section: str) -> Mapping[str, Any]:
    """One section of a language file; empty where no file or no such section is. Raises SourceError on broken TOML."""
    table = language_file(language).get(section, {})
    return table if isinstance(table, Mapping) else {}


@cache
def language_file(language: str) -> Mapping[str, Any]:
    """A language file; empty where there is none. Raises SourceError on broken TOML."""
    path = packaged("languages", f"{language}.toml")
    return read_toml(path) if path.exists() else {}
