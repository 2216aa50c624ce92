"""The analysts' file in forms that need no DuckDB: Parquet, CSV, JSON lines, Excel, with a description and checksums.

The folder is built aside and put in place at once; one that is no earlier export is never replaced.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse.errors import ExportError
from warehouse.export.describing import citation, package, readme
from warehouse.export.excel import write_workbook
from warehouse.statements import statement

FORMATS = ("parquet", "csv", "jsonl", "excel")
DEFAULT_FORMATS = FORMATS[:3]
"""What is written where nothing is chosen: Excel alone takes minutes for a large archive, and not every table fits."""
TABLES = (
    "visits", "reports", "visit_reports", "visit_status", "visit_conflicts", "visit_history", "visit_redirects",
    "articles", "sources", "evidence", "coverage", "states", "coded_visits", "colt", "plover_events", "cameo_dyads",
    "dyad_month", "dyad_year", "joint_commissions", "tours", "agreements", "messages", "visit_answers", "accuracy",
    "about", "dictionary",
)  # fmt: skip
"""What is exported where nothing is chosen."""
_PACKAGE = "datapackage.json"
_WORKBOOK = "chancery.xlsx"
_SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote."""

    folder: Path
    rows: Mapping[str, int]
    """Rows by table."""
    files: int
    bytes: int
    left_out: Mapping[str, int]
    """Tables with more rows than a sheet of Excel holds: they are in the other forms only."""


def export(
    published: Path, folder: Path, *, formats: Sequence[str] = DEFAULT_FORMATS, tables: Sequence[str] = TABLES
) -> ExportReport:
    """Writes tables and views of a published file into `folder`: a file for each in each form, `datapackage.json`
    (Frictionless), `CITATION.cff`, `README.md` and `SHA256SUMS`.

    Raises ExportError for a form or table that there is not, a folder that holds something else, a file that can't be
    read or written; what stood in the folder is then untouched.
    """
    if not published.is_file():
        raise ExportError(f"{published}: there is no published file; run `chancery publish` first, or name another")
    if unknown := [form for form in formats if form not in FORMATS]:
        raise ExportError(f"{', '.join(unknown)}: no such form; there are {', '.join(FORMATS)}")
    if folder.exists() and not (folder / _PACKAGE).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportError(f"{folder}: something else is there that no export wrote; name another folder")
    aside = folder.with_name(f".{folder.name}.{os.getpid()}.new")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        aside.mkdir(parents=True)
        with duckdb.connect(str(published), read_only=True) as connection:
            connection.execute(statement("session"))
            rows, left_out = _write(connection, aside, formats, tables)
        if folder.exists():
            shutil.rmtree(folder)
        aside.replace(folder)
    except (duckdb.Error, OSError) as error:
        raise ExportError(f"{folder}: the export could not be written ({error}); what was there stays") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    files = [path for path in folder.rglob("*") if path.is_file()]
    return ExportReport(folder, rows, len(files), sum(path.stat().st_size for path in files), left_out)


def _write(
    connection: duckdb.DuckDBPyConnection, folder: Path, formats: Sequence[str], tables: Sequence[str]
) -> tuple[dict[str, int], dict[str, int]]:
    """Rows by table, and those of tables too long for Excel."""
    dictionary = connection.execute(statement("dictionary_rows")).to_arrow_table().to_pylist()
    columns = _columns(dictionary)
    if unknown := [table for table in tables if table not in columns]:
        raise ExportError(f"{', '.join(unknown)}: no such table in this file; there are {', '.join(columns)}")
    about = {key: value for key, value, _ in connection.execute(statement("about_rows")).fetchall()}
    rows = {table: connection.execute(statement("count_rows").format(table=table)).fetchall()[0][0] for table in tables}
    left_out: dict[str, int] = {}
    if "excel" in formats:
        (folder / "excel").mkdir()
        left_out = write_workbook(connection, folder / "excel" / _WORKBOOK, rows, dictionary, about)
    for table in tables:
        for form in (form for form in formats if form != "excel"):
            path = folder / form / f"{table}.{form}"
            path.parent.mkdir(exist_ok=True)
            shown = ", ".join(_cell(column) for column in columns[table]) if form == "csv" else "*"
            asked = statement(f"export_{form}").format(table=table, columns=shown, path=str(path).replace("'", "''"))
            connection.execute(asked)
    (folder / "CITATION.cff").write_text(citation(about), encoding="utf-8")
    (folder / "README.md").write_text(readme(about, rows, formats), encoding="utf-8")
    described = [(path.relative_to(folder), columns.get(path.stem, []), *_sum(path)) for path in _files(folder)]
    told = package(about, described)
    (folder / _PACKAGE).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sums = [f"{_sum(path)[0]}  {path.relative_to(folder)}\n" for path in sorted(folder.rglob("*")) if path.is_file()]
    (folder / _SUMS).write_text("".join(sums), encoding="utf-8")
    return rows, left_out


def _columns(dictionary: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """The columns of each table by the dictionary of the file itself."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in dictionary:
        its = found.setdefault(row["table_name"], [])
        its.extend([row] if row["column_name"] else [])
    return found


def _cell(column: Mapping[str, Any]) -> str:
    """The SQL of one column of a CSV file: texts that a spreadsheet would run get an apostrophe before them."""
    kind = column["data_type"]
    name = "list" if kind.endswith("[]") else {"VARCHAR": "text", "TIMESTAMP WITH TIME ZONE": "time"}.get(kind, "plain")
    return statement(f"csv_{name}").strip().format(column=column["column_name"])


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(path for form in FORMATS for path in (folder / form).glob("*") if path.is_file())


def _sum(path: Path) -> tuple[str, int]:
    """sha256 and length of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest(), path.stat().st_size
