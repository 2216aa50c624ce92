"""`chancery publish`, `chancery query` and `chancery search`: the analysts' file, made and asked."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.app import app
from flows.cli.show import (
    BAD_USAGE,
    ArchiveOption,
    ConfigOption,
    JsonOption,
    chosen_settings,
    json_value,
    say,
    show_rows,
    told,
)

if TYPE_CHECKING:
    from warehouse import Answer

TABLE_ROWS = 200
"""Rows of a table on the terminal; CSV and JSON have no end."""


@app.command()
def publish(
    full_text: Annotated[
        bool | None,
        typer.Option(
            "--full-text/--facts-only",
            help="Bodies, ledes and bylines too, where you may pass them on; else as publish.full_text says.",
        ),
    ] = None,
    search_index: Annotated[
        bool, typer.Option("--search-index", help="Then the index that `chancery search` ranks by, if it is older.")
    ] = False,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Build the analysts' file aside and swap it in, if anything changed.

    Whoever has the old file open goes on reading it undisturbed.  Example: chancery publish --search-index
    """
    from flows.holders import beside_catalogue
    from warehouse import WarehouseError, index_search, publish

    with told("publish", WarehouseError):
        settings = chosen_settings(config, archive)
        report = publish(
            settings.catalogue,
            settings.published,
            full_text=settings.publish.full_text if full_text is None else full_text,
            wait_seconds=settings.limits.lock_wait_seconds,
            on_wait=say,
            **beside_catalogue(settings),
        )
    rows = [{"table": name, "rows": count} for name, count in report.tables.items()]
    title = f"published {report.path}" if report.changed else f"{report.path} is up to date: nothing changed since"
    show_rows(rows, title=title, as_json=as_json)
    if search_index:
        with told("publish", WarehouseError):
            index = index_search(settings.published, wait_seconds=settings.limits.lock_wait_seconds)
        say(f"indexed {index.path}" if index.changed else f"{index.path} is up to date")


@app.command()
def search(
    words: Annotated[str, typer.Argument(help="In French, Arabic or English; accents and endings do not matter.")],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many articles.")] = 20,
    file: Annotated[
        Path | None, typer.Option("--file", help="The analysts' file, in place of the archive's.", dir_okay=False)
    ] = None,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Articles by their headlines and evidence, the best first; by their texts too, where these are published.

    Without the index of `chancery publish --search-index` the latest ones that have all of the words.
    Example: chancery search "visites à Bamako"
    """
    import warehouse

    with told("search", warehouse.WarehouseError):
        found = warehouse.search(file or chosen_settings(config, archive).published, words, limit=limit)
    rows = [dict(zip(found.answer.columns, row, strict=True)) for row in found.answer.rows]
    if found.note:
        say(f"chancery search: {found.note}")
    if as_json:
        show_rows(rows, title="", as_json=True)
        return
    shown = [{"score": _hundredths(row.pop("score")), **{name: row[name] for name in _SHOWN}} for row in rows]
    show_rows(shown, title=f"{len(rows)} articles", as_json=False)


_SHOWN = ("published_on", "source", "language", "headline", "url")


def _hundredths(score: float | None) -> float | None:
    return None if score is None else round(score, 2)


@app.command()
def query(
    question: Annotated[
        str | None,
        typer.Argument(metavar="SQL|FILE", help="A statement, a file that holds one, or - for standard input."),
    ] = None,
    example: Annotated[str | None, typer.Option(help="Ask an example question by its name.")] = None,
    examples: Annotated[bool, typer.Option("--examples", help="List the example questions and end.")] = False,
    file: Annotated[
        Path | None, typer.Option("--file", help="The analysts' file, in place of the archive's.", dir_okay=False)
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV; no cell can be taken for a formula.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many rows.")] = None,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask the analysts' file a question in SQL: read-only, nothing outside it can be reached.

    Examples: chancery query "SELECT * FROM visits LIMIT 5";  chancery query --examples;  chancery query q.sql --csv
    """
    import warehouse

    if sum((question is not None, example is not None, examples)) != 1 or (as_csv and as_json):
        say("chancery query: give one of SQL, FILE, --example and --examples, and one of --csv and --json; see --help")
        raise typer.Exit(BAD_USAGE)
    if examples:
        rows = [{"example": one.name, "question": one.question} for one in warehouse.examples()]
        show_rows(rows, title="chancery query --example NAME", as_json=as_json)
        return
    with told("query", warehouse.WarehouseError):
        published = file or chosen_settings(config, archive).published
        sql = _example(example) if example is not None else _sql(question or "")
        most = limit if limit or as_csv or as_json else TABLE_ROWS
        answer = warehouse.run_query(published, sql, limit=most)
    _print(answer, as_csv=as_csv, as_json=as_json)


def _example(name: str) -> str:
    import warehouse

    known = {one.name: one.sql for one in warehouse.examples()}
    if name not in known:
        say(f"chancery query: {name}: no such example; there are {', '.join(known)}")
        raise typer.Exit(BAD_USAGE)
    return known[name]


def _sql(question: str) -> str:
    if question == "-":
        return sys.stdin.read()
    try:
        path = Path(question)
        return path.read_text(encoding="utf-8") if path.is_file() else question
    except (OSError, ValueError):  # a statement is longer than a path may be
        return question


def _print(answer: Answer, *, as_csv: bool, as_json: bool) -> None:
    if as_csv:
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow(answer.columns)
        out.writerows([safe_cell(value) for value in row] for row in answer.rows)
        return
    if as_json:
        for row in answer.rows:
            typer.echo(json.dumps(dict(zip(answer.columns, row, strict=True)), ensure_ascii=False, default=json_value))
        return
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    more = " (there are more: --limit, --csv or --json)" if answer.is_cut else ""
    show_rows(rows, title=f"{len(rows)} rows{more}", as_json=False)


def safe_cell(value: object) -> object:
    """A cell that a spreadsheet shows and never runs: what would begin a formula gets an apostrophe before it."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | dict | tuple):
        value = json.dumps(value, ensure_ascii=False, default=json_value)
    text = str(json_value(value))
    return f"'{text}" if text[:1] in "=+-@\t\r\n" and text else text
