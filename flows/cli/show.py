"""What every verb shows and how: tables, JSON lines, progress, and errors in one sentence with the right exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.errors import FlowsError, SettingsError
from flows.settings import Settings, load_settings

_NO_EDGE = 10_000
FAILED = 1
BAD_USAGE = 2

JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object a line instead of a table.")]
ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config", help="The settings file; else CHANCERY_CONFIG, else ./chancery.toml where there is one.",
        dir_okay=False,
    ),
]  # fmt: skip
ArchiveOption = Annotated[
    Path | None, typer.Option("--archive", help="The archive folder, in place of the one in the settings.")
]


def show_rows(rows: Sequence[Mapping[str, Any]], *, title: str, as_json: bool) -> None:
    """Rows as a table for people, or as JSON lines for programs."""
    if as_json:
        for row in rows:
            typer.echo(json.dumps(row, ensure_ascii=False, default=json_value))
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in rows[0] if rows else ():
        is_number = all(isinstance(row[heading], int | float | None) for row in rows)
        table.add_column(Text(plain(heading)), overflow="fold", justify="right" if is_number else "left")
    for row in rows:
        table.add_row(*(Text(plain(value)) for value in row.values()))
    # what is no terminal has no edge: a line of a file or a pipe is a row
    console = Console(width=None if sys.stdout.isatty() else _NO_EDGE)
    # above the table, not of it: a narrow one would break a path in its title into pieces
    console.print(Text(plain(title), style="bold"))
    console.print(table)


def json_value(value: object) -> object:
    """A value that JSON has no form for, as text."""
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def plain(value: object) -> str:
    """A value without control characters, so that what a page prints can't steer the terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in _text(value))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M}Z" if value.tzinfo else value.isoformat(" ", "minutes")
    return ", ".join(_text(one) for one in value) if isinstance(value, list | tuple) else str(value)


def say(text: str) -> None:
    """One line for the person at the terminal, on the error stream: results alone go to standard output."""
    typer.echo(plain(text), err=True)


@contextmanager
def told(verb: str, *errors: type[Exception]) -> Iterator[None]:
    """Turns the refusals of the rooms into one sentence and an exit code: wrong settings 2, anything else 1."""
    refusals: tuple[type[Exception], ...] = (FlowsError, OSError, *errors)
    try:
        yield
    except SettingsError as error:
        say(f"chancery {verb}: {error}")
        raise typer.Exit(BAD_USAGE) from error
    except refusals as error:
        say(f"chancery {verb}: {error}")
        raise typer.Exit(FAILED) from error


def chosen_settings(config: Path | None, archive: Path | None = None) -> Settings:
    """The settings of this command. Raises SettingsError."""
    from dataclasses import replace

    if config is not None and not config.is_file():
        raise SettingsError(f"{config}: looked for a settings file, found none; mend --config")
    settings = load_settings(config)
    return replace(settings, archive=archive) if archive else settings


@contextmanager
def progress(title: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A bar that moves by so many steps; silent where the error stream is no terminal."""
    if not sys.stderr.isatty():
        yield lambda steps: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda steps: bar.advance(task, steps)


MOST_LINES = 12
"""Hosts that are shown at once: those asked last."""


@contextmanager
def host_lines(title: str, total: int) -> Iterator[tuple[Callable[[int], None], Callable[[str, int, int, str], None]]]:
    """(advance, watch): a bar over all sources, and below it a line for each host that is being asked; silent where the
    error stream is no terminal."""
    if not sys.stderr.isatty():
        yield (lambda steps: None), (lambda host, done, total, outcome: None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[outcome]}", markup=False),
    )
    lines: dict[str, TaskID] = {}
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        whole = bar.add_task(title, total=total, outcome="")

        def watch(host: str, done: int, total: int, outcome: str) -> None:
            if host not in lines:
                if len(lines) >= MOST_LINES:
                    bar.remove_task(lines.pop(next(iter(lines))))
                lines[host] = bar.add_task(plain(host)[:40], total=total, outcome=outcome)
            bar.update(lines[host], completed=done, total=total, outcome=plain(outcome))
            if done >= total:
                bar.remove_task(lines.pop(host))

        yield (lambda steps: bar.advance(whole, steps)), watch
