"""One Excel file of many tables, a sheet each, written row by row: what is text stays text, nothing in it can run.

A sheet holds 1,048,575 rows below its headings. A longer table is left out and named, on the first sheet too: half a
table is worse than none, and the other forms have it whole.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any

import duckdb

from warehouse.errors import ExportError
from warehouse.statements import statement

MOST_ROWS = 1_048_575
MOST_LETTERS = 32_767
"""Of one cell, counted as Excel counts: in UTF-16."""
FIRST_SHEET = "read me"
_EXACT = 2**53
_FIRST_DAY = date(1900, 3, 1)
"""Before it Excel's calendar is wrong by a day, or there is none: such a day is written as text."""
_BATCH, _LOOKED_AT = 2_000, 200
_NARROWEST, _WIDEST = 8, 60
_NOTES = (
    "Days are days, before March 1900 texts. Times are UTC. Lists are JSON. An empty cell: not printed, not known.",
    f"Texts are as printed: none is a formula or a link. One of more than {MOST_LETTERS:,} characters is cut there and "
    "ends in an ellipsis.",
)
_FORMATS: Mapping[str, dict[str, Any]] = {
    "heading": {"bold": True, "bottom": 1},
    "title": {"bold": True, "font_size": 14},
    "day": {"num_format": "yyyy-mm-dd", "align": "left"},
    "time": {"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"},
}

Row = Mapping[str, Any]
Cells = Sequence[Any]


def write_workbook(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    counted: Mapping[str, int],
    dictionary: Sequence[Row],
    about: Mapping[str, str],
    *,
    most_rows: int = MOST_ROWS,
) -> dict[str, int]:
    """Writes tables of a published file, given with their rows, into one Excel file; gives those too long for a sheet.
    `dictionary`: its rows, those of whole tables too. Raises ExportError where no table fits."""
    # here, since nobody else needs them: every verb of the command line would wait for the import
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import XlsxWriterException

    left_out = {name: count for name, count in counted.items() if count > most_rows}
    if len(left_out) == len(counted):
        told = ", ".join(f"{name} has {count:,}" for name, count in left_out.items())
        raise ExportError(f"{told}: a sheet of Excel holds {most_rows:,} rows; take Parquet or CSV")
    fitting = {name: count for name, count in counted.items() if name not in left_out}
    try:
        with Workbook(str(path), {"constant_memory": True, "use_zip64": True, "tmpdir": str(path.parent)}) as book:
            # the day of the data, not that of the export: the same tables give the same file
            made = datetime.fromisoformat(about["made_at"]).replace(tzinfo=None)
            book.set_properties({"title": about["title"], "comments": about["citation"], "created": made})
            formats = {name: book.add_format(form) for name, form in _FORMATS.items()}
            first = book.add_worksheet(FIRST_SHEET)
            for column, width in enumerate((20, 24, 26, 90, 60)):
                first.set_column(column, column, width)
            for number, (form, row) in enumerate(_first_rows(about, fitting, left_out, dictionary)):
                _write_row(first, number, row, formats, form)
            for name in fitting:
                _write_table(book.add_worksheet(name), connection, name, formats)
    except XlsxWriterException as error:
        raise ExportError(f"{path}: the Excel file could not be written ({error})") from error
    return left_out


def _first_rows(
    about: Mapping[str, str], counts: Mapping[str, int], left_out: Mapping[str, int], dictionary: Sequence[Row]
) -> Iterator[tuple[str | None, Cells]]:
    """The first sheet: (format, cells) of what the file is, its terms, its sheets and all their columns."""
    yield "title", (about["title"],)
    if about["is_sample"] == "True":
        yield "heading", ("Everything in it is invented: the sample newsroom.",)
    for key in ("citation", "license", "text_rule", "evidence_rule", "disputed_places"):
        yield None, (about[key],)
    for note in _NOTES:
        yield None, (note,)
    for name, count in left_out.items():
        yield (
            "heading",
            (f"Not in this file: {name}, {count:,} rows, more than a sheet holds. Parquet and CSV have it.",),
        )
    meanings = {row["table_name"]: row["meaning"] for row in dictionary if row["column_name"] is None}
    yield None, ()
    yield "heading", ("sheet", "rows", None, "meaning")
    for name, count in counts.items():
        yield None, (name, count, None, meanings.get(name))
    yield None, ()
    yield "heading", ("sheet", "column", "type", "meaning", "vocabulary")
    for row in dictionary:
        if row["table_name"] in counts and row["column_name"]:
            words = ", ".join(row["vocabulary"] or ()) or None
            yield None, (row["table_name"], row["column_name"], row["data_type"], row["meaning"], words)


def _write_table(sheet: Any, connection: duckdb.DuckDBPyConnection, name: str, formats: Mapping[str, Any]) -> None:
    reader = connection.execute(statement("export_rows").format(table=name)).to_arrow_reader(_BATCH)
    headings = list(reader.schema.names)
    rows = (list(row.values()) for batch in reader for row in batch.to_pylist())
    looked_at = list(islice(rows, _LOOKED_AT))
    for column in range(len(headings)):
        longest = max(len(str(row[column] or "")) for row in [headings, *looked_at])
        sheet.set_column(column, column, min(max(longest + 2, _NARROWEST), _WIDEST))
    sheet.freeze_panes(1, 0)
    _write_row(sheet, 0, headings, formats, "heading")
    last = 0
    for last, row in enumerate(chain(looked_at, rows), start=1):
        _write_row(sheet, last, row, formats)
    sheet.autofilter(0, 0, last, len(headings) - 1)


def _write_row(sheet: Any, number: int, row: Cells, formats: Mapping[str, Any], form: str | None = None) -> None:
    for column, value in enumerate(row):
        if value is None:
            continue
        cell = as_cell(value)
        if isinstance(cell, bool):
            sheet.write_boolean(number, column, cell, formats.get(form or ""))
        elif isinstance(cell, int | float):
            sheet.write_number(number, column, cell, formats.get(form or ""))
        elif isinstance(cell, date):
            kind = "time" if isinstance(cell, datetime) else "day"
            sheet.write_datetime(number, column, cell, formats[kind])
        else:
            sheet.write_string(number, column, cell, formats.get(form or ""))


def as_cell(value: Any) -> bool | int | float | date | str:
    """A value as a cell can hold it: a truth, a number that Excel keeps exactly, a day, a time in UTC without zone, or
    a text. What Excel would round, shift or refuse is text."""
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return value if math.isfinite(value) and abs(value) <= _EXACT else str(value)
    if isinstance(value, datetime):
        plain = value.astimezone(UTC).replace(tzinfo=None)
        return plain if plain.date() >= _FIRST_DAY else f"{plain.isoformat()}Z"
    if isinstance(value, date):
        return value if value >= _FIRST_DAY else value.isoformat()
    text = json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else str(value)
    return _fitting(text)


def _fitting(text: str) -> str:
    """Cut where a cell ends."""
    if len(text) > MOST_LETTERS // 2 and len(text.encode("utf-16-le")) // 2 > MOST_LETTERS:
        whole = text.encode("utf-16-le")[: 2 * (MOST_LETTERS - 1)]
        text = whole.decode("utf-16-le", errors="ignore") + "…"
    # a text between these marks is taken for a piece of the file itself, and not escaped
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
