"""`chancery demo` and `chancery newsroom`: the whole road over the sample newsroom, and the newsroom alone."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.cli.app import app
from flows.cli.ingest import summary_line
from flows.cli.show import FAILED, progress, say, show_rows, told
from flows.settings import Settings

FOLDER = Path("chancery-demo")
SHOWN = ("who_visited_whom_lately", "told_by_both_sides")
"""The example questions that the demo asks."""


@app.command()
def demo(
    folder: Annotated[Path, typer.Option(file_okay=False, help="Where the sample archive is kept.")] = FOLDER,
) -> None:
    """Run the whole road over an invented newsroom on this machine: fetch, shelve, read, catalogue, publish, ask.

    Nothing leaves the machine. The folder stays; a second run fetches only what changed.  Example: chancery demo
    """
    from extractors import SourceError
    from flows.newsroom import Newsroom
    from warehouse import WarehouseError

    began = time.monotonic()
    with told("demo", SourceError, WarehouseError), Newsroom() as room:
        settings = demo_settings(folder, room.port)
        is_first = not settings.catalogue.is_file()
        say(f"{len(room.site.hosts)} invented papers are served on loopback; Prefect starts, which takes a few seconds")
        report = _ingested(settings, len(room.site.hosts))
        say(_asked(room.requests))
        say(summary_line(report.summary))
        if not is_first and not report.counts["articles_new"]:
            say("no article is new: the archive of the last run is complete")
        _publish_and_ask(settings)
    say(f"took {time.monotonic() - began:.0f} s; the archive is in {folder}")
    if report.state != "done":
        raise typer.Exit(FAILED)


def demo_settings(folder: Path, port: int) -> Settings:
    """The sample archive's own settings: the operator's are left aside, so that a demo is the same everywhere."""
    from flows.newsroom import Newsroom

    return replace(
        Settings(),
        archive=folder,
        sources=(Newsroom.sources_folder,),
        packaged_sources=False,
        newsroom=f"127.0.0.1:{port}",
    )


def _ingested(settings: Settings, total: int) -> Any:
    from flows.desk import Order
    from flows.oneshot import ingest_once
    from flows.run import report_rows

    with progress("papers", total) as advance:
        report = ingest_once(settings, Order(), tell=say, on_done=lambda done: advance(1))
    show_rows(report_rows(report), title=f"run {report.run_id}: {report.state}", as_json=False)
    return report


def _asked(requests: Mapping[tuple[str, str, int], int]) -> str:
    """How many requests were made, and how they were answered."""
    by_status: dict[int, int] = {}
    for (_, _, status), count in requests.items():
        by_status[status] = by_status.get(status, 0) + count
    told_by_site = {200: "came", 304: "had not changed", 404: "were not there"}
    parts = [f"{count} {told_by_site.get(status, f'were answered {status}')}" for status, count in by_status.items()]
    return f"asked for {sum(by_status.values())} addresses (robots.txt and feeds among them): " + ", ".join(parts)


def _publish_and_ask(settings: Settings) -> None:
    import warehouse
    from flows.holders import beside_catalogue

    report = warehouse.publish(settings.catalogue, settings.published, **beside_catalogue(settings))
    say(f"{'published' if report.changed else 'nothing to publish, up to date:'} {report.path}")
    shown = [example for example in warehouse.examples() if example.name.endswith(SHOWN)]
    for example in shown:
        answer = warehouse.run_query(settings.published, example.sql, limit=40)
        rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        show_rows(rows, title=example.question, as_json=False)
    at = f"--archive {settings.archive}"
    typer.echo(f"The last answer came from\n\n{shown[-1].sql.strip()}\n\nGo on with, for instance:\n")
    typer.echo(f'    chancery query {at} "FROM visits"\n    chancery query {at} --examples\n    chancery status {at}')


@app.command()
def newsroom(
    port: Annotated[int, typer.Option(min=1, max=65_535, help="The loopback port.")] = 8765,
) -> None:
    """Serve the sample newsroom on loopback until Ctrl-C: to try runs and schedules on something that answers.

    It prints the settings that lead a run there.  Example: chancery newsroom --port 8765
    """
    from flows.newsroom import Newsroom

    with told("newsroom"), Newsroom(port) as room:
        say(f"{len(room.site.hosts)} papers on 127.0.0.1:{room.port}; Ctrl-C ends it. Settings for chancery.toml:")
        typer.echo(f'newsroom = "127.0.0.1:{room.port}"\npackaged_sources = false')
        typer.echo(f"sources = [{json.dumps(str(Newsroom.sources_folder))}]")
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            return
