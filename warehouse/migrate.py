"""Brings a catalogue to this version: numbered files, once each, in a transaction, recorded."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb

from warehouse.errors import CatalogueError, CatalogueVersionError
from warehouse.statements import scripts, statement

Scripts = tuple[tuple[str, str], ...]


def _number(name: str) -> int:
    return int(name.partition("_")[0])


SCHEMA_VERSION: int = max(_number(name) for name, _ in scripts("schema"))
"""Number of the last migration that this program knows."""


def version_of(connection: duckdb.DuckDBPyConnection) -> int:
    """Number of the last migration that a catalogue has seen; 0 for an empty file. Raises CatalogueError otherwise."""
    tables = {str(name) for (name,) in connection.execute(statement("table_names")).fetchall()}
    if not tables:
        return 0
    if "migrations" not in tables:
        raise CatalogueError("it is a DuckDB file and no catalogue (no table migrations); name another archive")
    row = connection.execute(statement("last_migration")).fetchone()
    return int(row[0]) if row and row[0] is not None else 0


def refuse_newer(found: int, path: Path, known: int = SCHEMA_VERSION) -> None:
    """Raises CatalogueVersionError where a catalogue has seen migrations that this program does not know."""
    if found > known:
        raise CatalogueVersionError(
            f"{path}: the catalogue has schema {found}, this Chancery knows {known}; it was not touched. "
            "Install the newer Chancery that wrote it, or name another archive"
        )


def migrate(
    connection: duckdb.DuckDBPyConnection, migrations: Scripts | None = None, views: Scripts | None = None
) -> int:
    """Applies what is missing, each file in a transaction of its own, then rebuilds views that changed. Gives the
    number of files applied. A file that fails leaves the catalogue at the version before it."""
    migrations = scripts("schema") if migrations is None else migrations
    views = scripts("views") if views is None else views
    found, applied = version_of(connection), 0
    if not found:
        connection.execute(statement("create_migrations"))
    for name, text in migrations:
        if _number(name) > found:
            _apply(connection, name, text)
            applied += 1
    _rebuild(connection, views, is_forced=applied > 0)
    if applied:
        # what defines tables leaves the journal at once: DuckDB 1.5 replays it only when a catalogue is attached
        connection.execute(statement("checkpoint"))
    return applied


def is_current(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a catalogue has seen every migration and has the views of this program."""
    row = connection.execute(statement("views_digest")).fetchone()
    return version_of(connection) == SCHEMA_VERSION and row is not None and row[0] == _views_digest(scripts("views"))


def _apply(connection: duckdb.DuckDBPyConnection, name: str, text: str) -> None:
    connection.begin()
    try:
        connection.execute(text)
        connection.execute(statement("record_migration"), [_number(name), name, _digest(text)])
        connection.commit()
    except duckdb.Error as error:
        connection.rollback()
        raise CatalogueError(
            f"migration {name} failed and was taken back ({error}); the catalogue is as it was before it"
        ) from error


def _rebuild(connection: duckdb.DuckDBPyConnection, views: Scripts, *, is_forced: bool) -> None:
    digest = _views_digest(views)
    row = connection.execute(statement("views_digest")).fetchone()
    if not is_forced and row and row[0] == digest:
        return
    connection.begin()
    try:
        for _, text in views:
            connection.execute(text)
        for table, column, text in connection.execute(statement("inherited_meanings")).fetchall():
            connection.execute(comment(table, column, text))
        connection.execute(statement("record_views"), [digest])
        connection.commit()
    except duckdb.Error as error:
        connection.rollback()
        raise CatalogueError(f"the views could not be rebuilt ({error}); the catalogue is as it was") from error


def comment(table: str, column: str | None, meaning: str) -> str:
    """The statement that gives a table or column its meaning: COMMENT ON takes no parameters."""
    text = meaning.replace("'", "''")
    if column is None:
        return statement("comment_on_table").format(table=table, text=text)
    return statement("comment_on_column").format(table=table, column=column, text=text)


def _views_digest(views: Scripts) -> str:
    return _digest("".join(text for _, text in views))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
