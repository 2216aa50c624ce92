"""Every verb of the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="chancery",
    help="The open archive of bilateral visits: press pages in, coded visits out, with the sentence that says so.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object a line instead of a table.")]


def _show(rows: Sequence[dict[str, object]], *, title: str, as_json: bool) -> None:
    """Rows as a table for people, or as JSON lines for programs."""
    if as_json:
        for row in rows:
            typer.echo(json.dumps(row, ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left")
    for heading in rows[0] if rows else ():
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_plain(value)) for value in row.values()))
    Console().print(table)


def _plain(value: object) -> str:
    """A value without control characters, so that what a page prints can't steer the terminal."""
    text = "" if value is None else str(value)
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"chancery {version('chancery')}")
        raise typer.Exit


@app.callback()
def _chancery(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """The options of every verb."""


@app.command()
def sources(
    folder: Annotated[
        list[Path] | None,
        typer.Option(
            help="A folder of your own TOML files; may be given again. A file there replaces ours of its name."
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List the declared sources: the packaged ones and your own.

    An unverified source is never fetched by a run.  Example: chancery sources --folder ./my-sources --json
    """
    from extractors import SourceError, load_sources, packaged

    try:
        declared = load_sources([packaged("sources"), *(folder or [])])
    except SourceError as error:
        typer.echo(f"chancery sources: {error}", err=True)
        raise typer.Exit(1) from error
    rows: list[dict[str, object]] = [
        {
            "source": name,
            "title": source.title,
            "country": source.country,
            "language": source.language,
            "kind": source.kind,
            "state": "sample" if source.is_sample else "verified" if source.verified else "unverified",
        }
        for name, source in sorted(declared.items())
    ]
    _show(rows, title=f"{len(rows)} sources", as_json=as_json)


def main() -> None:
    """The console script; UTF-8 whatever the terminal says, because headlines are Arabic too."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()
