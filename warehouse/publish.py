"""The analysts' file: built aside from the catalogue and swapped in at once, and only when something changed.

Who has the old file open reads on in it; who opens it afterwards reads the new one. Nobody waits for anybody.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.catalogue import STORAGE_VERSION, Catalogue, open_catalogue
from warehouse.describing import accuracy_table, describe, vocabularies
from warehouse.errors import ArchiveFullError, PublishError, from_os
from warehouse.load import with_table
from warehouse.migrate import SCHEMA_VERSION, comment
from warehouse.resolve.holders import fill_resolved
from warehouse.spans import LEAST, LONGEST, RULE, SHARE, shown
from warehouse.statements import scripts, statement
from warehouse.swapping import aside_of, remove, swap

_CHUNK = 20_000
_PROMISE = (
    "Tables, views and columns that dictionary.is_promised marks keep name, type and meaning in every later version; "
    "columns may be added at their end, words to their vocabularies with a new schema_version. Ids of visits that are "
    "no more lead on in visit_redirects."
)
_LICENCE = (
    "Facts about visits: CC BY 4.0, unless who publishes this file says otherwise. Headlines and evidence are short "
    "quotations; rights stay with the papers."
)
_DISPUTED = (
    "A code says whom the text names as visitor or host, not who is right: Kosovo is XKX, Taiwan TWN, Palestine PSE, "
    "Western Sahara ESH (also for the Sahrawi Republic), the Holy See VAT; territories have a sovereign in states."
)
_TEXT_RULE = {
    False: "Facts, headlines and addresses only: no bodies, ledes, bylines, captions or quotations.",
    True: "Texts too (article_texts, quotations, related_links), as the operator chose; rights stay with the papers.",
}


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What became of one publication."""

    changed: bool
    """False if the file in place already tells the same; it was left alone."""
    path: Path
    tables: Mapping[str, int] = field(default_factory=dict)
    """Rows of each table of the new file."""
    seconds: float = 0.0


def publish(
    catalogue: Path,
    published: Path,
    *,
    full_text: bool = False,
    states: Sequence[Mapping[str, Any]] = (),
    holders: Sequence[Mapping[str, Any]] = (),
    wait_seconds: float = 600,
    on_wait: Callable[[str], None] | None = None,
) -> PublishReport:
    """Builds the analysts' file from the catalogue and swaps it in; `states` are the rows of `extractors.load_states`,
    `holders` those of an operator's list of office-holders (country, office, name, valid_from, valid_to, ids).
    Raises PublishError or ArchiveFullError with the file in place untouched, and what `open_catalogue` raises."""
    began = time.monotonic()
    if not catalogue.exists():
        raise PublishError(f"{catalogue}: there is no catalogue to publish; run `chancery ingest` first")
    with open_catalogue(catalogue, wait_seconds=wait_seconds, on_wait=on_wait) as opened, _in_words(published):
        facts = _facts(opened, (*states, *holders), full_text=full_text)
        if _key_of(published) == facts["content_key"]:
            return PublishReport(False, published, seconds=time.monotonic() - began)
        opened.link_texts()
        aside = aside_of(published)  # the catalogue's lock keeps other publications out
        try:
            tables = _finish(aside, _fill(opened, aside, states, holders, full_text=full_text), facts)
            swap(aside, published)
        finally:
            remove(aside, aside.with_name(f"{aside.name}.wal"))
    return PublishReport(True, published, tables, time.monotonic() - began)


def _facts(catalogue: Catalogue, more: Sequence[Mapping[str, Any]], *, full_text: bool) -> dict[str, Any]:
    """What `about` tells, and the key that decides whether anything changed."""
    [facts] = catalogue.connection.execute(statement("archive_facts")).to_arrow_table().to_pylist()
    recipe = [text for folder in ("tables", "texts", "world", "finish") for _, text in scripts(f"publish/{folder}")]
    told = (json.dumps(list(more), sort_keys=True, default=str), accuracy_table().to_pylist(), *recipe)
    parts = (facts["archive_id"], facts["content_version"], SCHEMA_VERSION, full_text, LONGEST, SHARE, LEAST, *told)
    content_key = hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()
    return {**facts, "content_key": content_key, "full_text": full_text}


def _key_of(published: Path) -> str | None:
    """The key of the file in place; None if there is none that can be read, which a new one then replaces."""
    if not published.exists():
        return None
    try:
        with duckdb.connect(str(published), read_only=True) as connection:
            row = connection.execute(statement("about_value"), {"key": "content_key"}).fetchone()
    except duckdb.Error:
        return None
    return str(row[0]) if row else None


@dataclass(frozen=True, slots=True)
class _Words:
    """What the catalogue knows of its columns."""

    meanings: list[dict[str, Any]]
    vocabularies: dict[tuple[str, str], list[str]]


def _fill(
    catalogue: Catalogue,
    aside: Path,
    states: Sequence[Mapping[str, Any]],
    holders: Sequence[Mapping[str, Any]],
    *,
    full_text: bool,
) -> _Words:
    """Copies what is published into a new file and gives the meanings of the catalogue's columns."""
    connection = catalogue.connection
    connection.execute(statement("attach_published").format(path=str(aside).replace("'", "''")))
    try:
        for folder in ("tables", "texts") if full_text else ("tables",):
            for _, text in scripts(f"publish/{folder}"):
                connection.execute(text)
        _fill_states(connection, states)
        fill_resolved(connection, holders)
        spans = connection.cursor()
        for rows in _chunks(shown(_rows(spans))):
            with_table(connection, "incoming_evidence", pa.Table.from_pylist(rows), "load_published_evidence")
        connection.execute(statement("checkpoint_published"))
        meanings = connection.execute(statement("meanings")).to_arrow_table().to_pylist()
        return _Words(meanings, vocabularies(connection))
    finally:
        connection.execute(statement("detach_published"))


def _fill_states(connection: duckdb.DuckDBPyConnection, states: Sequence[Mapping[str, Any]]) -> None:
    """The tables of states and their codes, out of plain rows."""
    named = ("iso3", "iso2", "name_fr", "name_en", "name_ar", "sovereign")
    coded = ("list", "code", "valid_from", "valid_to")
    codes = [{"iso3": state["iso3"], **code} for state in states for code in state["codes"]]
    rows = {
        "incoming_states": {name: [state[name] for state in states] for name in named},
        "incoming_state_codes": {name: [code[name] for code in codes] for name in ("iso3", *coded)},
    }
    for name, columns in rows.items():
        connection.register(name, pa.table({column: pa.array(its, pa.string()) for column, its in columns.items()}))
    try:
        for _, text in scripts("publish/world"):
            connection.execute(text)
    finally:
        for name in rows:
            connection.unregister(name)


def _rows(cursor: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    for batch in cursor.execute(statement("spans_to_publish")).to_arrow_reader(_CHUNK):
        yield from batch.to_pylist()


def _chunks(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while chunk := list(islice(rows, _CHUNK)):
        yield chunk


def _finish(aside: Path, words: _Words, facts: Mapping[str, Any]) -> dict[str, int]:
    """Comments, views, `about` and `dictionary`; gives the rows of each table."""
    # opened by itself: a view made through another catalogue's connection would remember that catalogue's name
    with duckdb.connect(str(aside), config={"storage_compatibility_version": STORAGE_VERSION}) as connection:
        connection.execute(statement("session"))
        _take_over(connection, words.meanings)
        for _, text in scripts("publish/finish"):
            connection.execute(text)
        tables = _row_counts(connection)
        [covered] = connection.execute(statement("covered_days")).to_arrow_table().to_pylist()
        about = pa.Table.from_pylist(list(_about({**facts, **covered}, tables)))
        with_table(connection, "incoming_about", about, "fill_about")
        connection.execute(statement("fill_search_with_bodies" if facts["full_text"] else "fill_search"))
        describe(connection, words.vocabularies)
        return _row_counts(connection)


def _take_over(connection: duckdb.DuckDBPyConnection, meanings: list[dict[str, Any]]) -> None:
    """Comments on every table and column that the catalogue has a meaning for; a published article has columns of both
    tables of articles."""
    known = {(row["table_name"], row["column_name"]): row["meaning"] for row in meanings}
    told = []
    for row in connection.execute(statement("meanings")).to_arrow_table().to_pylist():
        table, column = row["table_name"], row["column_name"]
        homes = (table,) if column is None else (table, "article_revisions", "articles")
        meaning = next((known[home, column] for home in homes if known.get((home, column))), None)
        if meaning:
            told.append(comment(table, column, meaning))
    connection.execute("".join(told))  # at once: each statement by itself costs a transaction


def _row_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    rows = connection.execute(statement("table_rows")).fetchall()
    return {str(name): int(count) for name, count in rows}


def _about(facts: Mapping[str, Any], tables: Mapping[str, int]) -> Iterator[dict[str, str | None]]:
    told: list[tuple[str, Any, str]] = [
        ("title", "Chancery: visits between states, as the press tells them", "What this file is."),
        ("is_sample", facts["is_sample"], "True: every paper, page and person in it is invented."),
        ("made_at", facts["made_at"], "When this file was made."),
        ("archive_id", facts["archive_id"], "The archive from which it was made."),
        ("content_version", facts["content_version"], "Grows with every change of the archive."),
        ("content_key", facts["content_key"], "The same in files that tell the same: then the old one stays."),
        ("schema_version", SCHEMA_VERSION, "Number of the last change to the tables."),
        ("storage_version", STORAGE_VERSION, "DuckDB's file format: opened by this version and later ones."),
        ("reader_versions", facts["reader_versions"], "Versions of the page reader that read the articles."),
        ("coder_versions", facts["coder_versions"], "Versions of the visit coder that coded them."),
        ("covered_from", facts["covered_from"], "First day on which a source was asked; see coverage."),
        ("covered_to", facts["covered_to"], "Last day on which one was asked, by the clocks of the sources."),
        ("license", _LICENCE, "Terms."),
        (
            "citation",
            f"Chancery: visits between states, as the press tells them. Archive {facts['archive_id']}, "
            f"version {facts['content_version']}, {str(facts['made_at'])[:10]}.",
            "How to cite this file.",
        ),
        ("promise", _PROMISE, "What stays in later versions."),
        ("disputed_places", _DISPUTED, "How countries are coded that are not agreed upon."),
        ("text_rule", _TEXT_RULE[facts["full_text"]], "Which texts it holds."),
        ("evidence_rule", RULE, "How much of an article the table evidence shows."),
    ]
    told += [(f"rows_{name}", tables[name], f"Rows of {name}.") for name in ("articles", "reports", "visits")]
    for key, value, meaning in told:
        yield {"key": key, "value": None if value is None else str(value), "meaning": meaning}


@contextmanager
def _in_words(published: Path) -> Iterator[None]:
    """What fails while publishing in the archive's words."""
    try:
        yield
    except OSError as error:
        raise from_os(error, published, "publishing", PublishError) from error
    except duckdb.Error as error:
        if "No space left" in str(error):
            raise ArchiveFullError(
                f"{published}: no room left on the disk while publishing; free some room and publish again, "
                "the file in place was not touched"
            ) from error
        raise PublishError(
            f"{published}: the analysts' file could not be built ({error}); the file in place was not touched"
        ) from error
