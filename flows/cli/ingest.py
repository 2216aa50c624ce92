"""`chancery ingest`: one run, over the network or from saved pages."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.app import app
from flows.cli.show import (
    BAD_USAGE,
    FAILED,
    ArchiveOption,
    ConfigOption,
    JsonOption,
    chosen_settings,
    host_lines,
    progress,
    say,
    show_rows,
    told,
)
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.desk import Order


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
    urls: Annotated[
        Path | None,
        typer.Option(
            help="Ask for the addresses in this file instead of the feeds: one a line, or CSV with a column url "
            "(and perhaps source); - is standard input.",
        ),
    ] = None,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fetch what is new, put it on the shelves, read it, and load it into the catalogue.

    What a killed run had shelved is picked up first. A second run beside it waits and says so.
    Examples: chancery ingest mli_amap dza_aps --since 2026-01-01 --limit 20;  chancery ingest --folder ./saved;
    chancery ingest --urls found.csv
    """
    places = [place for place in (folder, warc, urls) if place]
    if len(places) > 1 or (places and (since or until)) or ((folder or warc) and (limit or dry_run)):
        say("chancery ingest: --folder, --warc and --urls stand alone, each with at most one SOURCE; see --help")
        raise typer.Exit(BAD_USAGE)
    if urls and str(urls) != "-" and not urls.is_file():
        say(f"chancery ingest: {urls}: looked for a list of addresses, found no file; mend --urls")
        raise typer.Exit(BAD_USAGE)
    if places and len(sources or ()) > 1:
        say("chancery ingest: saved pages and lists of addresses are of one SOURCE, or of none")
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
        order = _list_order(settings, urls, sources or [], limit) if urls else None
        order = order or Order(tuple(sources or ()), first, last, limit)
        if dry_run:
            _dry_run(settings, order, as_json=as_json)
        else:
            _run(settings, order, as_json=as_json)


def _list_order(settings: Settings, urls: Path, sources: list[str], limit: int | None) -> Order:
    """The order of a run over a list of addresses, from a file or from standard input."""
    from contextlib import nullcontext

    from flows.listed import listed_order

    is_piped = str(urls) == "-"
    with nullcontext(sys.stdin) if is_piped else urls.open(encoding="utf-8-sig", errors="replace") as lines:
        order = listed_order(settings, lines, place=str(urls), source=sources[0] if sources else None, limit=limit)
    if order.unlisted:
        say(f"{len(order.unlisted)} lines can't be taken, the first because of {order.unlisted[0].reason}")
    return order


def _run(settings: Settings, order: Order, *, as_json: bool) -> None:
    from flows.oneshot import ingest_once
    from flows.run import report_rows
    from flows.sources import chosen_sources, declared_sources

    total = len(order.listed if order.listed is not None else chosen_sources(declared_sources(settings), order.sources))
    with host_lines("sources", total) as (advance, watch):
        report = ingest_once(settings, order, tell=say, on_done=lambda done: advance(1), watch=watch)
    show_rows(report_rows(report), title=f"run {report.run_id}: {report.state}", as_json=as_json)
    say(summary_line(report.summary))
    if report.state != "done" or (order.listed is not None and not order.listed):
        raise typer.Exit(FAILED)


def summary_line(summary: dict[str, object]) -> str:
    """What a run changed, in one sentence."""
    line = (
        f"{summary['articles_new']} new articles, {summary['revisions_new']} new wordings, {summary['unchanged']} "
        f"pages unchanged and not fetched again, {summary['reports']} reports of visits"
    )
    return line + (f"; {summary['recovered']} captures picked up from an earlier run" if summary["recovered"] else "")


def _dry_run(settings: Settings, order: Order, *, as_json: bool) -> None:
    from flows.run import plan_ingest

    plans = asyncio.run(plan_ingest(settings, order, tell=say))
    rows = [
        {"source": name, "url": entry.url, "headline": entry.headline, "published_on": entry.published_on}
        for name, entries in plans.items()
        for entry in entries
    ]
    show_rows(rows, title=f"a run would fetch {len(rows)} pages of {len(plans)} sources", as_json=as_json)


def _saved(settings: Settings, folder: Path | None, warc: Path | None, sources: list[str], *, as_json: bool) -> None:
    from flows.saved import ingest_saved

    with progress("pages", None) as advance:
        report = asyncio.run(
            ingest_saved(
                settings, folder or warc or Path(), source=sources[0] if sources else None, tell=say, advance=advance
            )
        )
    from flows.run import report_rows

    show_rows(report_rows(report), title=f"run {report.run_id}: {report.state}", as_json=as_json)
    say(summary_line(report.summary))
