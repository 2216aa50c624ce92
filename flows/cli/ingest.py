"""`chancery ingest`: one run, over the network or from saved pages."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.app import app
from flows.cli.show import (
    BAD_USAGE,
    FAILED,
    ArchiveOption,
    ConfigOption,
    JsonOption,
    chosen_settings,
    progress,
    say,
    show_rows,
    told,
)
from flows.settings import Settings


@app.command()
def ingest(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE…]", help="Names of sources; none means all verified ones.")
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Only articles that the feed dates on this day or later."),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Only articles that the feed dates on this day or earlier."),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many pages a source.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Ask the feeds, say what would be fetched, and fetch no page.")
    ] = False,
    folder: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Read the saved pages in this folder instead of the network."),
    ] = None,
    warc: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Read this WARC file instead of the network.")
    ] = None,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fetch what is new, put it on the shelves, read it, and load it into the catalogue.

    What a killed run had shelved is picked up first. A second run beside it waits and says so.
    Examples: chancery ingest mli_amap dza_aps --since 2026-01-01 --limit 20;  chancery ingest --folder ./saved
    """
    if ((folder or warc) and (since or until or limit or dry_run)) or (folder and warc):
        say("chancery ingest: --folder and --warc stand alone, each with at most one SOURCE; see --help")
        raise typer.Exit(BAD_USAGE)
    from extractors import SourceError
    from warehouse import WarehouseError

    with told("ingest", SourceError, WarehouseError):
        settings = chosen_settings(config, archive)
        if folder or warc:
            _saved(settings, folder, warc, sources or [], as_json=as_json)
            return
        from flows.desk import Order

        first, last = (day.date() if day else None for day in (since, until))
        if first and last and first > last:
            say(f"chancery ingest: --since {first} is later than --until {last}; no day lies between")
            raise typer.Exit(BAD_USAGE)
        order = Order(tuple(sources or ()), first, last, limit)
        if dry_run:
            _dry_run(settings, order, as_json=as_json)
        else:
            _run(settings, order, as_json=as_json)


def _run(settings: Settings, order: object, *, as_json: bool) -> None:
    from flows.desk import Order
    from flows.oneshot import ingest_once
    from flows.run import report_rows
    from flows.sources import chosen_sources, declared_sources

    assert isinstance(order, Order)
    total = len(chosen_sources(declared_sources(settings), order.sources))
    with progress("sources", total) as advance:
        report = ingest_once(settings, order, tell=say, on_done=lambda done: advance(1))
    show_rows(report_rows(report), title=f"run {report.run_id}: {report.state}", as_json=as_json)
    say(summary_line(report.summary))
    if report.state != "done":
        raise typer.Exit(FAILED)


def summary_line(summary: dict[str, object]) -> str:
    """What a run changed, in one sentence."""
    line = (
        f"{summary['articles_new']} new articles, {summary['revisions_new']} new wordings, {summary['unchanged']} "
        f"pages unchanged and not fetched again, {summary['reports']} reports of visits"
    )
    return line + (f"; {summary['recovered']} captures picked up from an earlier run" if summary["recovered"] else "")


def _dry_run(settings: Settings, order: object, *, as_json: bool) -> None:
    from flows.desk import Order
    from flows.run import plan_ingest

    assert isinstance(order, Order)
    plans = asyncio.run(plan_ingest(settings, order, tell=say))
    rows = [
        {"source": name, "url": entry.url, "headline": entry.headline, "published_on": entry.published_on}
        for name, entries in plans.items()
        for entry in entries
    ]
    show_rows(rows, title=f"a run would fetch {len(rows)} pages of {len(plans)} sources", as_json=as_json)


def _saved(settings: Settings, folder: Path | None, warc: Path | None, sources: list[str], *, as_json: bool) -> None:
    from flows.saved import ingest_saved

    if len(sources) > 1:
        say("chancery ingest: saved pages are of one SOURCE, or of none")
        raise typer.Exit(BAD_USAGE)
    with progress("pages", None) as advance:
        report = asyncio.run(
            ingest_saved(
                settings, folder or warc or Path(), source=sources[0] if sources else None, tell=say, advance=advance
            )
        )
    from flows.run import report_rows

    show_rows(report_rows(report), title=f"run {report.run_id}: {report.state}", as_json=as_json)
    say(summary_line(report.summary))
