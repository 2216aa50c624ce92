"""The catalogue: the private DuckDB file that one process at a time opens, loads and asks what is due.

    with open_catalogue(path, on_wait=print) as catalogue:
        counts = catalogue.load(batch)

It is held under a file lock beside it (`<path>.lock`); analysts read the published file, never this one.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import filelock
import pyarrow as pa

from warehouse.courtesy import Courtesy
from warehouse.duplicates import forget_texts, link_texts
from warehouse.errors import CatalogueError, MixedArchiveError
from warehouse.load import Batch, LoadCounts, at_known_articles, load_tables, tables_of, with_rows, with_table
from warehouse.marks import PageOnShelf, Shelfmark
from warehouse.migrate import migrate
from warehouse.opening import in_words, is_as_left, locked, remember_left, settle
from warehouse.resolve import resolve_visits
from warehouse.rows import moment
from warehouse.shelf import FIRST_OFFSET
from warehouse.statements import statement
from warehouse.tombstones import Tombstones, unburied

STORAGE_VERSION = "v1.2.0"
"""Compresses text, and is opened by DuckDB 1.2 and all later ones."""
_SOURCE = (
    "title", "country", "language", "kind", "home", "note", "is_sample", "expect_least", "expect_most", "timezone",
    "fetches",
)  # fmt: skip
Rows = list[dict[str, Any]]


def open_catalogue(path: Path, *, wait_seconds: float = 600, on_wait: Callable[[str], None] | None = None) -> Catalogue:
    """Opens the catalogue for this process alone, makes it where there is none, and brings it to this version.

    If another process holds it, `on_wait` is told once and the call waits. Raises CatalogueBusyError after
    `wait_seconds`, CatalogueVersionError for a newer catalogue (which stays untouched), CatalogueError or
    ArchiveFullError where the file can't be opened or made.
    """
    lock = locked(path, wait_seconds, on_wait)
    try:
        is_known = is_as_left(path)
        if path.exists() and not is_known:
            settle(path)
        with in_words(path, "opening the catalogue"):
            connection = duckdb.connect(str(path), config={"storage_compatibility_version": STORAGE_VERSION})
        try:
            with in_words(path, "bringing it to this version"):
                connection.execute(statement("session"))
                if not is_known:
                    migrate(connection)
                    connection.execute(statement("create_archive"), [str(uuid.uuid4())])
        except BaseException:
            connection.close()
            raise
    except BaseException:
        lock.release()
        raise
    return Catalogue(path, connection, lock)


class Catalogue(Courtesy):
    """The open catalogue; a context manager that closes it and lets the next process in."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection, lock: filelock.BaseFileLock | None) -> None:
        self.path, self.connection, self._lock = path, connection, lock

    def __enter__(self) -> Catalogue:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Writes out what the journal holds, closes the file and releases the lock."""
        try:
            self.connection.close()
            if self._lock:
                remember_left(self.path)
        finally:
            if self._lock:
                self._lock.release()

    # what is written

    def register_sources(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Brings the declared sources into the catalogue. The first ones decide whether it is a sample archive; raises
        MixedArchiveError when sample and real sources would mix."""
        if not rows:
            return
        zones = {name for (name,) in self.connection.execute(statement("known_zones")).fetchall()}
        incoming = [
            {"source": row["name"], "is_verified": bool(row.get("verified")), **{n: row.get(n) for n in _SOURCE}}
            for row in rows
        ]
        incoming = [{**row, "timezone": row["timezone"] if row["timezone"] in zones else None} for row in incoming]
        incoming = list({row["source"]: {**row, "is_sample": bool(row["is_sample"])} for row in incoming}.values())
        is_sample = self._one_kind(incoming)
        with self._transaction("registering sources"):
            changed = with_rows(self.connection, "sources", incoming, "changed_sources")
            if not changed:
                return
            with_rows(self.connection, "sources", incoming, "load_sources")
            self.connection.execute(statement("set_sample"), [is_sample])
            self.connection.execute(statement("bump_content"))
            if any(is_moved for _, is_moved in changed):
                self.connection.execute(statement("queue_all_dyads"))

    def begin_run(self, run_id: str, kind: str, started_at: datetime, parameters: Mapping[str, Any]) -> None:
        """Enters a run in the ledger as running."""
        values = [run_id, kind, moment(started_at, "started_at"), _json(parameters)]
        with self._transaction("beginning a run"):
            self.connection.execute(statement("begin_run"), values)

    def end_run(self, run_id: str, ended_at: datetime, state: str, summary: Mapping[str, Any]) -> None:
        """Enters how a run ended: done, failed or stopped. Raises CatalogueError for a run that never began."""
        values = [moment(ended_at, "ended_at"), state, _json(summary), run_id]
        with self._transaction("ending a run"):
            if not self.connection.execute(statement("end_run"), values).fetchall():
                raise CatalogueError(f"{self.path}: run {run_id} ended and never began; call begin_run first")

    def load(self, batch: Batch) -> LoadCounts:
        """Loads a batch in one transaction: all of it or nothing; what is there already changes nothing.

        Keys: fetches, hosts, house_rules, captures, readings, rejects, validators, run_sources (warehouse/README.md
        lists their columns).
        Raises LoadError naming table and column for a row that does not fit.
        """
        with self._one_thread(), self._transaction("loading a batch"):
            batch = at_known_articles(self.connection, unburied(batch, self.tombstones()))
            tables = tables_of(batch, is_sample=bool(self.is_sample))
            return load_tables(self.connection, tables)

    def resolve(self) -> int:
        """Makes the visits of all dyads anew whose reports changed since; gives their number."""
        with self._transaction("resolving visits"):
            return resolve_visits(self.connection)

    def link_texts(self) -> int:
        """Compares the texts that are new or changed since with those printed around them; gives the number of articles
        that print the same text as another (table same_texts)."""
        with self._transaction("forgetting texts that changed"):
            forget_texts(self.connection)
        with self._transaction("comparing texts"):
            return link_texts(self.connection)

    # what is asked

    @property
    def is_sample(self) -> bool | None:
        """Whether this is a sample archive; None before the first sources are registered."""
        row = self.connection.execute(statement("read_archive")).fetchone()
        return None if row is None or row[1] is None else bool(row[1])

    def due(self, urls: Sequence[str], now: datetime, identities: Mapping[str, str] | None = None) -> set[str]:
        """Of these addresses, those never asked for and those that are worth another look now; an address
        with the identity of a known article has been looked at when that one was."""
        return {url for (url,) in self._of(urls, "due", {"now": moment(now, "now")}, identities or {})}

    def validators(self, urls: Sequence[str]) -> dict[str, tuple[str | None, str | None]]:
        """(etag, last_modified) of the addresses for which a site gave some."""
        return {url: (etag, modified) for url, etag, modified in self._of(urls, "validators_of")}

    def last_captures(self, urls: Sequence[str]) -> dict[str, Shelfmark]:
        """Where the latest capture of each address stands that was ever captured."""
        return {url: Shelfmark(*mark) for url, *mark in self._of(urls, "last_captures")}

    def known_captures(self, captures: Sequence[tuple[str, datetime, str]]) -> set[tuple[str, datetime, str]]:
        """Of these (address asked for, time, digest), those that the shelves hold already."""
        times = [moment(at, "captured_at") for _, at, _ in captures]
        asked = pa.table(
            {
                "n": pa.array(range(len(captures)), pa.int64()),
                "url": pa.array([url for url, _, _ in captures], pa.string()),
                "captured_at": pa.array(times, pa.timestamp("us", "UTC")),
                "digest": pa.array([digest for _, _, digest in captures], pa.string()),
            }
        )
        return {captures[n] for (n,) in with_table(self.connection, "asked_captures", asked, "known_captures")}

    def tombstones(self) -> Tombstones:
        """What was erased: never to be fetched, shelved or loaded again."""
        return Tombstones(frozenset(hash for (hash,) in self.connection.execute(statement("tombstones")).fetchall()))

    def shelved(self) -> dict[str, int]:
        """Of each WARC file, the offset up to which every capture is in the catalogue: `Stacks.walk(after=…)` gives the
        rest after a kill."""
        rows = self.connection.execute(statement("shelved"), {"first_offset": FIRST_OFFSET}).fetchall()
        return dict(rows)

    def declared(self) -> Rows:
        """The sources as they were registered."""
        return self._rows("declared")

    def sources_with_pages(self) -> list[str | None]:
        """Names of the sources that have pages on the shelves; None for pages that belong to no source."""
        return [source for (source,) in self.connection.execute(statement("sources_with_pages")).fetchall()]

    def on_shelf(
        self,
        source: str | None,
        *,
        are_pages: bool = True,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> list[PageOnShelf]:
        """What was captured for a source from `since` on and before `until`, in the order of the shelves: its pages, or
        its feeds and what else is no page."""
        asked = {"source": source, "are_pages": are_pages, "since": since, "until": until}
        rows = self.connection.execute(statement("on_shelf"), asked).fetchall()
        return [PageOnShelf(*(*row[:9], Shelfmark(*row[9:]))) for row in rows]

    def first_run(self) -> tuple[str, str, Mapping[str, Any]] | None:
        """(run, state, parameters) of the first run of the ledger; None before it."""
        row = self.connection.execute(statement("run_of")).fetchone()
        return (row[0], row[1], json.loads(row[2])) if row else None

    def last_success(self, source: str) -> datetime | None:
        """When the last run began that took the source to its end (run_sources.state `done`)."""
        return self.last_slots(source).get(source)

    def last_slots(self, source: str | None = None) -> dict[str, datetime]:
        """The same for all sources at once: what a schedule asks to know which slots are done."""
        return {row["source"]: row["started_at"] for row in self._rows("last_slots", {"source": source})}

    def source_states(self) -> Rows:
        """Every source with its last run, last success, articles and reports."""
        return self._rows("source_states")

    def last_changed(self) -> Rows:
        """When an article of each source last came new or changed."""
        return self._rows("last_changed")

    def last_runs(self, limit: int = 10) -> Rows:
        """The ledger, latest first."""
        return self._rows("last_runs", [limit])

    def source_runs(self, source: str, limit: int = 10) -> Rows:
        """What the last runs did for one source, latest first."""
        return self._rows("source_runs", {"source": source, "limit": limit})

    def fetches_by_outcome(self, source: str) -> Rows:
        """How one source's requests were answered, counted by kind and outcome."""
        return self._rows("fetches_by_outcome", {"source": source})

    def rejects_by_reason(self, run_id: str | None = None, limit: int = 100, *, source: str | None = None) -> Rows:
        """What could not be read, counted by reason, of one run or of all, of one source or of all."""
        return self._rows("rejects_by_reason", {"run_id": run_id, "limit": limit, "source": source})

    def silences(self) -> Rows:
        """Sources that fell silent and fields that stopped being read, up to the archive's last whole day."""
        return self._rows("silences")

    def reject_reasons(self, since: datetime, limit: int = 100) -> Rows:
        """Reasons met since then whose addresses could not be read later either, most addresses first."""
        return self._rows("open_rejects", {"since": moment(since, "since"), "limit": limit})

    def newest(self) -> dict[str, Any]:
        """Schema and content version, and what came last: times, sizes and the shelfmark of the newest capture."""
        [found] = self._rows("newest")
        return found

    def _one_kind(self, incoming: Sequence[Mapping[str, Any]]) -> bool:
        kinds = {bool(row["is_sample"]) for row in incoming}
        held = self.is_sample
        if len(kinds | ({held} if held is not None else set())) > 1:
            state = {None: "both were given", True: "it holds the sample", False: "it holds real press"}[held]
            raise MixedArchiveError(
                f"{self.path}: sample and real sources never stand in one archive ({state}); name another folder"
            )
        return kinds.pop()

    def _of(
        self, urls: Sequence[str], query: str, parameters: Any = None, identities: Mapping[str, str] | None = None
    ) -> list[tuple[Any, ...]]:
        columns: dict[str, list[str | None]] = {"url": list(dict.fromkeys(urls))}
        if identities is not None:
            columns["identity"] = [identities.get(url or "") for url in columns["url"]]
        asked = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
        return with_table(self.connection, "asked", asked, query, parameters)

    def _rows(self, query: str, parameters: Any = None) -> Rows:
        found: Rows = self.connection.execute(statement(query), parameters).to_arrow_table().to_pylist()
        return found

    @contextmanager
    def _one_thread(self) -> Iterator[None]:
        """For statements on a few rows: DuckDB's threads would only wait for each other, on cores that read pages."""
        [(before,)] = self.connection.execute(statement("threads")).fetchall()
        self.connection.execute(statement("set_threads").format(threads=1))
        try:
            yield
        finally:
            self.connection.execute(statement("set_threads").format(threads=before))

    @contextmanager
    def _transaction(self, action: str) -> Iterator[None]:
        with in_words(self.path, action):
            self.connection.begin()
            try:
                yield
                self.connection.commit()
            except BaseException:
                _roll_back(self.connection)
                raise


def _roll_back(connection: duckdb.DuckDBPyConnection) -> None:
    try:
        connection.rollback()
    except duckdb.Error as error:
        # after a fatal error DuckDB has ended the transaction itself and answers only to a new connection
        if "no transaction is active" not in str(error) and "invalidated" not in str(error):
            raise


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
