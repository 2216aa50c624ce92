"""Loads one batch: rows to Arrow to tables, in one transaction; twice is the same as once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.errors import LoadError
from warehouse.rows import (
    Row,
    Tables,
    capture_row,
    erasure_row,
    fetch_row,
    host_row,
    reading_rows,
    reject_row,
    rules_row,
    shelf_record_row,
    validator_row,
)
from warehouse.statements import statement

Batch = Mapping[str, Sequence[Mapping[str, Any]]]

_KEYS: dict[str, tuple[str, ...]] = {
    "sources": ("source",),
    "fetches": ("fetch_id",),
    "hosts": ("host",),
    "captures": ("capture_id",),
    "shelf_records": ("shelf_file", "shelf_offset"),
    "erasures": ("hash",),
    "validators": ("url",),
    "run_sources": ("run_id", "source"),
    "rejects": ("reject_id",),
    "house_rules": ("address",),
    "articles": ("article_id",),
    "article_addresses": ("url",),
    "article_revisions": ("revision_id",),
    "quotations": ("revision_id", "ordinal"),
    "related_links": ("revision_id", "ordinal"),
    "reports": ("report_id",),
    "report_participants": ("revision_id", "report_ordinal", "role", "ordinal"),
    "report_topics": ("report_id", "topic"),
    "report_cities": ("report_id", "ordinal"),
    "report_agreements": ("report_id", "ordinal"),
    "report_outcomes": ("report_id", "outcome"),
    "evidence": ("report_id", "ordinal"),
}
_LEDGER = ("fetches", "hosts", "house_rules", "captures", "shelf_records", "erasures", "validators", "run_sources")
_TELLING = ("gone", "ok", "not_modified")
"""Outcomes of a request that tell whether an article still stands."""
_OF_REVISION = ("quotations", "related_links", "report_participants", "reports")
_OF_REPORT = ("report_topics", "report_cities", "report_agreements", "report_outcomes", "evidence")
_PLAIN: dict[str, Callable[[Mapping[str, Any]], Row]] = {
    "fetches": fetch_row,
    "hosts": host_row,
    "house_rules": rules_row,
    "captures": capture_row,
    "shelf_records": shelf_record_row,
    "erasures": erasure_row,
    "validators": validator_row,
    "run_sources": dict,
    "rejects": reject_row,
}


@dataclass(frozen=True, slots=True)
class LoadCounts:
    """What a batch brought that the catalogue did not hold."""

    articles_new: int = 0
    revisions_new: int = 0
    """New wordings of articles that were known (the first wording of a new article is not counted here)."""
    articles_unchanged: int = 0
    """Articles of the batch that were known in this wording."""
    reports: int = 0
    rejects: int = 0
    addresses_new: int = 0
    """New addresses of articles that were known."""


def tables_of(batch: Batch, *, is_sample: bool) -> Tables:
    """The batch as rows of tables, each key once. Raises LoadError naming key, column and what is missing."""
    unknown = set(batch) - {*_PLAIN, "readings"}
    if unknown:
        raise LoadError(f"batch: no such key {', '.join(sorted(unknown))}; allowed: {', '.join((*_PLAIN, 'readings'))}")
    tables: Tables = {}
    for name, rows in batch.items():
        for row in rows:
            try:
                made = reading_rows(row, is_sample=is_sample) if name == "readings" else {name: [_PLAIN[name](row)]}
            except KeyError as error:
                raise LoadError(f"{name}: a row of {row.get('url')!r} has no {error}; give every column") from error
            except (AttributeError, TypeError) as error:
                raise LoadError(f"{name}: a row of {row.get('url')!r} has the wrong shape ({error})") from error
            for table, its in made.items():
                tables.setdefault(table, []).extend(its)
    return {name: _once(name, rows) for name, rows in tables.items() if rows}


def at_known_articles(connection: duckdb.DuckDBPyConnection, batch: Batch) -> Batch:
    """The batch with each reading under the address of the article that is known under another spelling of its own."""
    readings = batch.get("readings", ())
    keys = [_own_identity(reading) for reading in readings]
    if not any(keys):
        return batch
    asked = pa.table({"url": pa.array(dict.fromkeys(key for key in keys if key), pa.string())})
    known = dict(with_table(connection, "asked", asked, "known_articles"))
    placed = []
    for reading, identity in zip(readings, keys, strict=True):
        url = known.setdefault(identity, reading["url"]) if identity else reading["url"]
        if url != reading["url"]:
            reading = {**reading, "url": url, "addresses": {**reading["addresses"], url: identity}}
        placed.append(reading)
    return {**batch, "readings": placed}


def _own_identity(reading: Mapping[str, Any]) -> str | None:
    identity: str | None = (reading.get("addresses") or {}).get(reading.get("url"))
    return identity


def _once(table: str, rows: Iterable[Row]) -> list[Row]:
    """Each key once: the last row wins, spans of time are joined."""
    found: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        key = tuple(row.get(name) for name in _KEYS[table])
        old = found.get(key)
        if old and "first_captured_at" in row:
            newest = max(old, row, key=lambda r: r["last_captured_at"])
            first = min(old["first_captured_at"], row["first_captured_at"])
            row = {**newest, "first_captured_at": first}
        elif old and "first_seen_at" in row:
            row = {**row, "first_seen_at": min(old["first_seen_at"], row["first_seen_at"])}
        elif old and table == "validators":
            row = max(old, row, key=lambda r: r["checked_at"])
        found[key] = row
    return list(found.values())


def load_tables(connection: duckdb.DuckDBPyConnection, tables: Tables) -> LoadCounts:
    """Brings the rows into the catalogue; the caller holds the transaction."""
    looks = [row for row in tables.get("fetches", ()) if row["outcome"] in _TELLING]
    [(gone,)] = with_rows(connection, "fetches", looks, "count_gone") if looks else [(0,)]
    for name in _LEDGER:
        if name in tables:
            insert(connection, name, tables[name])
            if name == "fetches":
                with_rows(connection, name, tables[name], "load_feeds")
    rejects = len(insert(connection, "rejects", tables["rejects"])) if "rejects" in tables else 0
    counts = _load_articles(connection, tables) if "articles" in tables else LoadCounts()
    if rejects or gone or counts.articles_new or counts.revisions_new or counts.reports or counts.addresses_new:
        connection.execute(statement("bump_content"))
    return replace(counts, rejects=rejects)


def _load_articles(connection: duckdb.DuckDBPyConnection, tables: Tables) -> LoadCounts:
    articles, revisions, addresses = tables["articles"], tables["article_revisions"], tables["article_addresses"]
    [(new_addresses,)] = with_rows(connection, "article_addresses", addresses, "count_new_addresses")
    [(new_articles,)] = with_rows(connection, "articles", articles, "count_new_articles")
    known = {id for (id,) in with_rows(connection, "article_revisions", revisions, "known_revisions")}
    fresh = {row["revision_id"]: row["article_id"] for row in revisions if row["revision_id"] not in known}
    insert(connection, "articles", articles)
    insert(connection, "article_addresses", addresses)
    insert(connection, "article_revisions", revisions)
    for name in _OF_REVISION:
        insert(connection, name, [row for row in tables.get(name, ()) if row["revision_id"] in fresh])
    reports = {row["report_id"] for row in tables.get("reports", ()) if row["revision_id"] in fresh}
    for name in _OF_REPORT:
        insert(connection, name, [row for row in tables.get(name, ()) if row["report_id"] in reports])
    queue_changed(connection, with_rows(connection, "articles", articles, "choose_revisions"))
    unchanged = {row["article_id"] for row in articles} - set(fresh.values())
    return LoadCounts(
        int(new_articles),
        len(fresh) - int(new_articles),
        len(unchanged),
        len(reports),
        addresses_new=int(new_addresses),
    )


def queue_changed(connection: duckdb.DuckDBPyConnection, changed: Sequence[tuple[Any, ...]]) -> None:
    """The dyads of articles whose wording is another now are to be resolved anew."""
    if changed:
        ids = pa.table({"article_id": pa.array([id for (id,) in changed], pa.string())})
        with_table(connection, "changed_articles", ids, "queue_dyads")


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    """Runs load_<table> on the rows and gives what it returns."""
    return with_rows(connection, table, rows, f"load_{table}") if rows else []


def with_rows(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row], query: str
) -> list[tuple[Any, ...]]:
    """Runs a statement that reads the rows, typed as the table, under the name incoming_<table>."""
    schema = connection.execute(statement("empty_table").format(table=table)).to_arrow_table().schema
    extra = {name for row in rows for name in row} - set(schema.names)
    if extra:
        raise LoadError(f"{table}: no column {', '.join(sorted(extra))}; add it in the next file of sql/schema")
    return with_table(connection, f"incoming_{table}", _arrow(table, rows, schema), query)


def with_table(
    connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table, query: str, parameters: Any = None
) -> list[tuple[Any, ...]]:
    """Runs a statement that reads an Arrow table under a name that no table of the catalogue has."""
    connection.register(name, table)
    try:
        return connection.execute(statement(query), parameters).fetchall()
    except duckdb.ConstraintException as error:
        raise LoadError(f"{query}: a row does not fit the tables ({error}); nothing of the batch was kept") from error
    finally:
        connection.unregister(name)


def _arrow(table: str, rows: Sequence[Row], schema: pa.Schema) -> pa.Table:
    try:
        try:
            return pa.Table.from_pylist(list(rows), schema=schema)
        except UnicodeEncodeError:
            # a page can hold half of a surrogate pair, which no UTF-8 column can
            return pa.Table.from_pylist([_whole(row) for row in rows], schema=schema)
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
        raise LoadError(f"{table}: a row has a value of the wrong type ({error}); mend the reader") from error


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, Mapping):
        return {name: _whole(inner) for name, inner in value.items()}
    return [_whole(inner) for inner in value] if isinstance(value, list) else value
