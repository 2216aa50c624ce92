"""What a replay read, laid beside the catalogue: compared field by field, and taken in once it is accepted.

A replay's readings stand in a catalogue of their own (a file beside the archive's), so that nothing of the archive
changes before somebody has looked at the differences. Accepting is done in parts, each a transaction: one that was
broken off is accepted again, and what is in already changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.catalogue import Catalogue
from warehouse.errors import CatalogueError
from warehouse.load import queue_changed, with_table
from warehouse.opening import in_words
from warehouse.resolve import resolve_visits
from warehouse.statements import statement

_KEYS = {
    "articles": "article_id",
    "article_revisions": "article_id",
    "quotations": "revision_id",
    "related_links": "revision_id",
    "reports": "article_id",
    "report_participants": "revision_id",
    "report_topics": "report_id",
    "report_cities": "report_id",
    "report_agreements": "report_id",
    "report_outcomes": "report_id",
    "evidence": "report_id",
}
"""Tables that a reading fills, in the order of loading, and the column by which their rows are taken in parts."""
_WHOLE = {"article_id": "articles", "revision_id": "article_revisions", "report_id": "reports"}
"""The table whose rows have both that column and `article_id`."""


@dataclass(frozen=True, slots=True)
class ReplayDifference:
    """How the readings of a replay differ from the catalogue's of the same pages."""

    totals: Mapping[str, int]
    """pages, articles, wordings_changed, compared (values), changed."""
    changes: list[dict[str, Any]]
    """By field, source and language: compared, changed, gained (was null), lost (is null now)."""
    examples: list[dict[str, Any]]
    """field, source, language, url, old, new."""


def compare_replay(catalogue: Catalogue, staged: Path, *, examples: int = 3) -> ReplayDifference:
    """What accepting the replay at `staged` would change; nothing is changed. Raises CatalogueError."""
    with _beside(catalogue, staged, "comparing a replay") as connection:
        connection.execute(statement("replay_fields"))
        [totals] = _table(connection, "replay_totals")
        changes = _table(connection, "replay_changes")
        shown = _table(connection, "replay_examples", {"examples": examples})
    return ReplayDifference(totals, changes, shown)


def accept_replay(catalogue: Catalogue, staged: Path, at: datetime) -> Mapping[str, int]:
    """Takes the replay's readings in as of `at`, makes the visits anew, and says how many articles and wordings are
    new, and how many articles stand under another address now. Raises CatalogueError."""
    with _beside(catalogue, staged, "accepting a replay") as connection:
        [(buckets,)] = connection.execute(statement("replay_buckets")).fetchall()
        counts = {"articles_new": 0, "wordings_new": 0}
        for bucket in range(buckets):
            with _transaction(connection):
                articles, wordings = _take_in(connection, {"buckets": buckets, "bucket": bucket}, at)
            counts = {
                "articles_new": counts["articles_new"] + articles,
                "wordings_new": counts["wordings_new"] + wordings,
            }
        with _transaction(connection):
            counts["articles_replaced"] = _replace(connection)
            connection.execute(statement("bump_content"))
            resolve_visits(connection)
    return counts


def _take_in(connection: duckdb.DuckDBPyConnection, part: Mapping[str, int], at: datetime) -> tuple[int, int]:
    """Loads one part of the replay; gives how many articles and wordings the catalogue did not hold."""
    new_articles = known_wordings = wordings = 0
    for table, key in _KEYS.items():
        whole = f"replayed.{_WHOLE[key]}"
        rows = connection.execute(
            statement("replayed_rows").format(table=table, key=key, whole=whole), part
        ).to_arrow_table()
        name = f"incoming_{table}"
        if table == "articles":
            [(new_articles,)] = with_table(connection, name, rows, "count_new_articles")
            articles = rows
        if table == "article_revisions":
            column = rows.schema.field("read_at")
            times = pa.array([at] * len(rows), column.type)
            rows = rows.set_column(rows.schema.get_field_index("read_at"), column, times)
            known_wordings, wordings = len(with_table(connection, name, rows, "known_revisions")), len(rows)
        with_table(connection, name, rows, f"load_{table}")
    queue_changed(connection, with_table(connection, "incoming_articles", articles, "choose_revisions"))
    return int(new_articles), wordings - known_wordings


def _replace(connection: duckdb.DuckDBPyConnection) -> int:
    """Articles whose pages are another article's today count no more; gives their number."""
    connection.execute(statement("replace_articles"))
    replaced = connection.execute(statement("replaced_articles")).to_arrow_table()
    queue_changed(connection, with_table(connection, "incoming_articles", replaced, "choose_revisions"))
    return len(replaced)


@contextmanager
def _beside(catalogue: Catalogue, staged: Path, action: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """The catalogue's connection with the replay attached as `replayed`, and its wordings paired."""
    if not staged.exists():
        raise CatalogueError(f"{staged}: looked for a replay, found none; run `chancery replay` first")
    connection = catalogue.connection
    with in_words(staged, action):
        connection.execute(statement("attach_replay").format(path=str(staged).replace("'", "''")))
        try:
            connection.execute(statement("replay_pairs"))
            yield connection
        finally:
            connection.execute(statement("detach_replay"))


@contextmanager
def _transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.begin()
    try:
        yield
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def _table(connection: duckdb.DuckDBPyConnection, query: str, parameters: Any = None) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = connection.execute(statement(query), parameters).to_arrow_table().to_pylist()
    return rows
