"""What the analysts' file says of itself: meanings, vocabularies, how far columns are filled, how well read."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.load import with_table
from warehouse.migrate import comment
from warehouse.statements import statement

Row = dict[str, Any]

ACCURACY = Path(__file__).with_name("accuracy.csv")
"""Written by tests/benchmarks/accuracy.py."""
_ACCURACY_TYPES = {"value": pa.float64(), "low": pa.float64(), "high": pa.float64(), "n": pa.int32()}
_MADE: Mapping[str, Callable[[str], Any]] = {"value": float, "low": float, "high": float, "n": int}
_NAMES = [("table_name", pa.string()), ("column_name", pa.string())]
_FILLED = pa.schema([*_NAMES, ("share_filled", pa.float64()), ("example", pa.string())])
_WORDS = pa.schema([*_NAMES, ("vocabulary", pa.list_(pa.string()))])
_HOMES = ("visits", "coded_visits", "visit_status", "reports", "articles", "evidence", "visit_reports", "dyad_month")
"""Where a column of a view has its meaning from, if the view gives it none."""
_AS_REPORTS = ("visits", "visit_status", "coded_visits", "visit_tellings", "colt")
"""Tables whose columns keep to the vocabularies of reports."""


def vocabularies(catalogue: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[str]]:
    """(table, column) of the catalogue with the closed list of its values."""
    rows = catalogue.execute(statement("vocabularies")).fetchall()
    return {(table, column): list(dict.fromkeys(words)) for table, column, words in rows}


def describe(connection: duckdb.DuckDBPyConnection, closed: Mapping[tuple[str, str], list[str]]) -> None:
    """Fills `accuracy` and `dictionary` of a published file whose tables and views stand."""
    with_table(connection, "incoming_accuracy", accuracy_table(), "fill_accuracy")
    _inherit(connection)
    filled = pa.Table.from_pylist(list(_filled(connection)), _FILLED)
    words = pa.Table.from_pylist(list(_words(connection, closed)), _WORDS)
    connection.register("incoming_filled", filled)
    try:
        with_table(connection, "incoming_vocabularies", words, "fill_dictionary")
    finally:
        connection.unregister("incoming_filled")


def _inherit(connection: duckdb.DuckDBPyConnection) -> None:
    """Meanings of the columns of views that have the name of a column of their tables."""
    rows = connection.execute(statement("meanings")).to_arrow_table().to_pylist()
    known = {(row["table_name"], row["column_name"]): row["meaning"] for row in rows}
    told = []
    for row in rows:
        if row["meaning"] is None and row["table_kind"] == "view":
            homes = (known.get((home, row["column_name"])) for home in _HOMES)
            if meaning := next(filter(None, homes), None):
                told.append(comment(row["table_name"], row["column_name"], meaning))
    connection.execute("".join(told))


def accuracy_table(path: Path = ACCURACY) -> pa.Table:
    """The rows of accuracy.csv, typed; none where the program was never measured."""
    rows = _read(path) if path.is_file() else []
    names = ("gold", "language", "field", "measure", "value", "low", "high", "n", "coder_version", "measured_on")
    return pa.table(
        {name: pa.array([_MADE.get(name, _text)(row[name]) for row in rows], _kind(name)) for name in names}
    )


def _text(cell: str) -> str | None:
    return cell or None


def _kind(name: str) -> pa.DataType:
    return _ACCURACY_TYPES.get(name, pa.string())


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _columns(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """(table or view, which of the two, its columns with their types)."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in connection.execute(statement("meanings")).to_arrow_table().to_pylist():
        its = found.setdefault((row["table_name"], row["table_kind"]), {})
        its |= {row["column_name"]: row["data_type"]} if row["column_name"] else {}
    yield from ((table, kind, its) for (table, kind), its in found.items())


def _filled(connection: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    for table, relation, columns in _columns(connection):
        if relation == "table":
            parts = [
                statement("filled_list" if kind.endswith("[]") else "filled_column").format(column=column).strip()
                for column, kind in columns.items()
            ]
            asked = statement("filled_columns").format(table=table, columns=", ".join(parts))
            yield from connection.execute(asked).to_arrow_table().to_pylist()


def _words(
    connection: duckdb.DuckDBPyConnection, closed: Mapping[tuple[str, str], list[str]]
) -> Iterator[dict[str, Any]]:
    for table, _, columns in _columns(connection):
        homes = (table, "reports") if table in _AS_REPORTS else (table,)
        for column in columns:
            words = next((closed[home, column] for home in homes if (home, column) in closed), None)
            if words:
                yield {"table_name": table, "column_name": column, "vocabulary": words}
