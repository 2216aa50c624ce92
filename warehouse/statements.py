"""The SQL that Python runs: one statement a file under sql/queries/, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

SQL = Path(__file__).with_name("sql")


@cache
def statement(name: str) -> str:
    """The text of sql/queries/<name>.sql."""
    return (SQL / "queries" / f"{name}.sql").read_text(encoding="utf-8")


@cache
def scripts(folder: str) -> tuple[tuple[str, str], ...]:
    """(name without suffix, text) of every file of sql/<folder>/, in order of names."""
    return tuple((path.stem, path.read_text(encoding="utf-8")) for path in sorted((SQL / folder).glob("*.sql")))
