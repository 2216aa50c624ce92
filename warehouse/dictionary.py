"""Writes the data dictionary and the list of example questions into the room's README, from the SQL itself.

python -m warehouse.dictionary            writes them
python -m warehouse.dictionary --check    says whether they are up to date
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from warehouse.catalogue import open_catalogue
from warehouse.publish import publish
from warehouse.query import examples, run_query
from warehouse.statements import statement

README = Path(__file__).with_name("README.md")
BEGIN = "<!-- written by python -m warehouse.dictionary: change the SQL, not this -->"


def document() -> str:
    """The generated part of the README."""
    with tempfile.TemporaryDirectory() as folder:
        kept, published = Path(folder) / "catalogue.duckdb", Path(folder) / "published.duckdb"
        with open_catalogue(kept) as catalogue:
            private = catalogue.connection.execute(statement("meanings")).to_arrow_table().to_pylist()
        publish(kept, published, full_text=True)
        answer = run_query(published, "SELECT * FROM dictionary ORDER BY table_name, position")
        public = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    lines = [BEGIN, "", "## The first questions", ""]
    lines += [f"* **`{example.name}.sql`** {example.question} {example.meaning}" for example in examples()]
    lines += ["", "## Data dictionary: the published file", "", *_tables(public)]
    lines += ["## Data dictionary: the catalogue", "", *_tables(private)]
    return "\n".join(lines).rstrip() + "\n"


def _tables(rows: list[dict[str, Any]]) -> Iterator[str]:
    for name, its in groupby(rows, key=lambda row: row["table_name"]):
        table, *columns = its
        yield f"### {name}" + (" (view)" if table["table_kind"] == "view" else "")
        yield from ("", str(table["meaning"]), "", "| column | type | meaning |", "|---|---|---|")
        yield from (f"| {row['column_name']} | {_type(row['data_type'])} | {row['meaning']} |" for row in columns)
        yield ""


def _type(text: str) -> str:
    return {"TIMESTAMP WITH TIME ZONE": "TIMESTAMPTZ"}.get(text, text).replace("|", "\\|")


def renewed(readme: str) -> str:
    """The README with its generated part made anew."""
    return readme.partition(BEGIN)[0].rstrip() + "\n\n" + document()


def main(arguments: list[str]) -> int:
    """0 if the README is (now) up to date."""
    held = README.read_text(encoding="utf-8")
    fresh = renewed(held)
    if "--check" in arguments:
        if held != fresh:
            sys.stderr.write("warehouse/README.md is not what the SQL says: run python -m warehouse.dictionary\n")
        return int(held != fresh)
    README.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
