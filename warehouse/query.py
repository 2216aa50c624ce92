"""Questions to the analysts' file: read-only, closed to the outside, bounded in time and memory."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from warehouse.errors import QueryError
from warehouse.statements import scripts, statement

SECONDS = 60.0
MEMORY = "1GB"
_ALLOWED = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}
_HEADER = re.compile(r"\A(?:--[^\n]*\n)+")


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows with the names and DuckDB types of their columns."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    is_cut: bool = False
    """True if there were more rows than `limit`."""


class Example(NamedTuple):
    """A question that analysts ask first."""

    name: str
    question: str
    sql: str
    """With its comment: question, then what the answer means."""

    @property
    def meaning(self) -> str:
        """What the answer means, and what it does not."""
        return _header(self.sql)[1]


def run_query(
    path: Path,
    sql: str,
    *,
    parameters: Mapping[str, Any] | None = None,
    limit: int | None = None,
    seconds: float = SECONDS,
    memory: str = MEMORY,
) -> Answer:
    """Answers one question (SELECT, FROM, WITH, DESCRIBE, SUMMARIZE, SHOW, EXPLAIN) to a published file; `parameters`
    are the values of its $names.

    Nothing can be written, and no other file, address or extension reached. Raises QueryError with DuckDB's own
    words and what to do, also after `seconds` or past `memory`.
    """
    if not path.is_file():
        raise QueryError(f"{path}: there is no published file; run `chancery publish` first, or name another")
    with _opened(path, memory) as connection:
        return ask(connection, _one(connection, sql), parameters, limit=limit, seconds=seconds)


def ask(
    connection: duckdb.DuckDBPyConnection,
    asked: str | duckdb.Statement,
    parameters: Mapping[str, Any] | None,
    *,
    limit: int | None,
    seconds: float,
) -> Answer:
    """The answer to one statement, within so many seconds. Raises QueryError."""
    timer = threading.Timer(seconds, connection.interrupt)
    timer.start()
    try:
        cursor = connection.execute(asked, parameters)
        columns = tuple((str(name), str(kind)) for name, kind, *_ in cursor.description or ())
        rows = cursor.fetchall() if limit is None else cursor.fetchmany(limit + 1)
    except duckdb.InterruptException as error:
        raise QueryError(f"no answer within {seconds:g} s; ask for less, or narrow it with WHERE") from error
    except duckdb.Error as error:
        raise QueryError(_helpful(error)) from error
    finally:
        timer.cancel()
    is_cut = limit is not None and len(rows) > limit
    return Answer(tuple(name for name, _ in columns), tuple(kind for _, kind in columns), tuple(rows[:limit]), is_cut)


def examples() -> list[Example]:
    """The questions of sql/examples: (name, question, SQL)."""
    return [Example(name, _header(text)[0], text.strip()) for name, text in scripts("examples")]


def _opened(path: Path, memory: str) -> duckdb.DuckDBPyConnection:
    closed: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": "false",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allow_community_extensions": "false",
        "memory_limit": memory,
        "temp_directory": "",
    }
    try:
        connection = duckdb.connect(str(path), read_only=True, config=closed)
        connection.execute(statement("session"))
        connection.execute(statement("lock_configuration"))
        return connection
    except duckdb.Error as error:
        raise QueryError(f"{path}: the published file can't be opened ({error}); publish it again") from error


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    """The only statement of the text, if it is a question."""
    try:
        found = connection.extract_statements(sql)
    except duckdb.Error as error:
        raise QueryError(_helpful(error)) from error
    if len(found) != 1:
        reason = f"there are {len(found)} (a PIVOT needs ON … IN (…))" if found else "there is none"
        raise QueryError(f"one question at a time: {reason}; write a single SELECT")
    if found[0].type not in _ALLOWED:
        raise QueryError(
            f"{found[0].type.name} is no question: the published file is only read; write a SELECT, or copy the file "
            "and work on the copy"
        )
    return found[0]


def _helpful(error: duckdb.Error) -> str:
    """DuckDB's words, and where to look next."""
    text = str(error).strip()
    if isinstance(error, duckdb.CatalogException | duckdb.BinderException):
        return f"{text}\nTables and columns with their meanings: SELECT * FROM dictionary"
    if isinstance(error, duckdb.PermissionException) or "disabled by configuration" in text:
        return f"{text}\nQuestions reach nothing outside the published file; copy it and open the copy with DuckDB"
    if isinstance(error, duckdb.OutOfMemoryException):
        return f"{text}\nAsk for less at once: fewer columns, a WHERE, or a LIMIT"
    return text


def _header(text: str) -> tuple[str, str]:
    """The comment at the head: question, then (behind an empty comment line) what the answer means."""
    found = _HEADER.match(text)
    lines = [line.removeprefix("--").strip() for line in found.group().splitlines()] if found else []
    question, _, meaning = "\n".join(lines).partition("\n\n")
    return " ".join(question.split()), " ".join(meaning.split())
