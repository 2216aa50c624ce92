"""`chancery read`: pages in, records out, without archive, Prefect or network."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TextIO

import typer

from flows.cli.app import app
from flows.cli.show import FAILED, ConfigOption, chosen_settings, progress, say, told

STANDARD_OUTPUT = Path("-")


@app.command()
def read(
    inputs: Annotated[
        list[Path],
        typer.Argument(
            metavar="MANIFEST.jsonl|FILE…",
            help="A manifest, or pages (.html, .html.gz) and texts (.txt).",
            exists=True,
            dir_okay=False,
            readable=True,
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Where the records go, one JSON object a line; - is standard output.")
    ] = STANDARD_OUTPUT,
    jobs: Annotated[int | None, typer.Option(help="Worker processes; else limits.jobs of the settings.", min=1)] = None,
    config: ConfigOption = None,
) -> None:
    """Read saved pages and code the visits they tell: no archive, no network.

    A manifest line is {"id", "path", "url", "published_on"?, "language"?}; paths are relative to the manifest. Each
    line gives one record, in order, in the form of the codebook; a page that can't be read gives one with "error",
    and the exit code is 1.  Example: chancery read pages/manifest.jsonl --output records.jsonl --jobs 4
    """
    from flows.manifest import count_pages, page_tasks
    from flows.pool import ReadingPool
    from flows.reading import read_stream

    with told("read"):
        limits = chosen_settings(config).limits
        pool = ReadingPool(jobs=jobs or limits.jobs, deadline_seconds=limits.page_deadline_seconds)
        failed = written = 0
        with pool, _opened(output) as lines, progress("reading", count_pages(inputs)) as advance:
            for record in read_stream(pool, page_tasks(inputs, max_bytes=limits.page_bytes)):
                lines.write(json.dumps(record, ensure_ascii=False) + "\n")
                written += 1
                failed += "error" in record
                advance(1)
    if failed:
        say(f'chancery read: {failed} of {written} pages could not be read; their lines say why under "error"')
        raise typer.Exit(FAILED)


@contextmanager
def _opened(output: Path) -> Iterator[TextIO]:
    """Where lines go: a file appears under its name only when it is whole."""
    if output == STANDARD_OUTPUT:
        yield sys.stdout
        sys.stdout.flush()
        return
    if output.exists() and not output.is_file():  # a device or a pipe
        with output.open("w", encoding="utf-8", errors="replace") as lines:
            yield lines
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    aside = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        with aside.open("w", encoding="utf-8", errors="replace") as lines:
            yield lines
        aside.replace(output)
    finally:
        aside.unlink(missing_ok=True)
