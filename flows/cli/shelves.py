"""`chancery shelves`: the WARC files checked, moved and thinned, and the catalogue made anew from them."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.cli.app import app
from flows.cli.show import (
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

shelves_app = typer.Typer(
    help="The shelves (the WARC files): check, rebuild, move, retire.  Example: chancery shelves check",
    no_args_is_help=True,
)
app.add_typer(shelves_app, name="shelves")


@shelves_app.command()
def check(
    most: Annotated[int, typer.Option(min=1, help="So many findings are shown in the table; --json has no end.")] = 200,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read every record of the shelves: is it whole, do its digests hold, and does the catalogue's index agree?

    Both ways: rows without a record, records without a row, and what differs between the two. Nothing is changed.
    Exit code 1 if anything is wrong; each finding says what to do.  Example: chancery shelves check --json
    """
    from flows.shelves import Stocktaking, check_shelves
    from warehouse import WarehouseError, shelf_files

    began, total = time.monotonic(), Stocktaking()
    rows: list[dict[str, Any]] = []
    with told("shelves check", WarehouseError):
        settings = chosen_settings(config, archive)
        size = sum(file.bytes for file in shelf_files(settings.shelves))
        with progress("bytes", size) as advance:
            for finding in check_shelves(settings, total, tell=say, advance=advance):
                row = {
                    "file": finding.file,
                    "offset": finding.offset,
                    "problem": finding.problem,
                    "url": finding.url,
                    "detail": finding.detail,
                    "what to do": finding.advice,
                }
                if as_json:
                    show_rows([row], title="", as_json=True)
                elif len(rows) < most:
                    rows.append(row)
    if rows:
        cut = f" (of {total.findings})" if total.findings > len(rows) else ""
        show_rows(rows, title=f"{len(rows)} findings{cut}", as_json=False)
    seconds = max(time.monotonic() - began, 1e-9)
    say(
        f"{total.files} files, {total.records} records, {total.captures} captures, {total.bytes / 1e6:.1f} MB packed, "
        f"{total.payload_bytes / 1e6:.1f} MB unpacked and digested in {seconds:.1f} s "
        f"({total.payload_bytes / 1e6 / seconds:.0f} MB/s): {total.findings or 'no'} findings"
    )
    if total.open_files:
        say(f"{total.open_files} files are being written: their records were checked, the index not held against them")
    if total.findings:
        raise typer.Exit(FAILED)


@shelves_app.command()
def rebuild(config: ConfigOption = None, archive: ArchiveOption = None, as_json: JsonOption = False) -> None:
    """Make the catalogue anew from the WARC files alone; the old one, if any, is moved aside and kept.

    Killed half-way, it goes on where it was. Articles, wordings, reports, visits, captures, requests and rejects come
    back, read with today's readers; the ledger of runs does not.  Example: chancery shelves rebuild
    """
    from extractors import SourceError
    from flows.rebuilding import rebuild_catalogue
    from warehouse import WarehouseError

    began = time.monotonic()
    with told("shelves rebuild", SourceError, WarehouseError):
        settings = chosen_settings(config, archive)
        with progress("documents", None) as advance:
            report = rebuild_catalogue(settings, tell=say, advance=advance)
    row = {"captures": report.captures, "pages read": report.pages, "reports": report.reports}
    show_rows([row], title=f"{settings.catalogue} made anew", as_json=as_json)
    kept = f"; the old one stands in {report.moved_to}" if report.moved_to else ""
    say(f"took {time.monotonic() - began:.0f} s{kept}")


@shelves_app.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE.warc.gz", help="The file to write.")],
    source: Annotated[list[str] | None, typer.Option(help="Only of this source; may be given again.")] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Captured on this day (UTC) or later.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Captured on this day (UTC) or earlier.")
    ] = None,
    url: Annotated[list[str] | None, typer.Option(help="Only this address; may be given again.")] = None,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
) -> None:
    """Write a part of the shelves into one WARC file, which `chancery shelves import` of another archive takes.

    Example: chancery shelves export mali.warc.gz --source mli_amap --since 2026-01-01
    """
    from flows.moving import Selection, export_shelves
    from warehouse import WarehouseError

    first, last = (day.date() if day else None for day in (since, until))
    with told("shelves export", WarehouseError):
        settings = chosen_settings(config, archive)
        selection = Selection(tuple(source or ()), first, last, frozenset(url or ()))
        count = export_shelves(settings, file, selection)
    say(f"{count} captures and answers written to {file}")


@shelves_app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A file of `chancery shelves export`.")],
    config: ConfigOption = None,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take over what another archive exported: address, time, source and run stay what they were. Twice is once.

    Example: chancery shelves import mali.warc.gz
    """
    from extractors import SourceError
    from flows.moving import import_shelves
    from warehouse import WarehouseError

    with told("shelves import", SourceError, WarehouseError):
        settings = chosen_settings(config, archive)
        with progress("documents", None) as advance:
            counts = asyncio.run(import_shelves(settings, file, tell=say, advance=advance))
    show_rows([counts], title=f"{file} imported", as_json=as_json)


@shelves_app.command()
def retire(
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask before it is done.")] = False,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
) -> None:
    """Strike captures that are older than [keep] page_days, feed_days and rules_days say, to make room.

    Articles, reports, the latest capture of each address and bodies that are still referred to stay.
    Example: chancery shelves retire --yes
    """
    from flows.desk import utc_now
    from flows.room import limits_of
    from flows.room import retire as retire_old
    from warehouse import WarehouseError

    with told("shelves retire", WarehouseError):
        settings, now = chosen_settings(config, archive), utc_now()
        days = ", ".join(f"{kind} before {at:%Y-%m-%d}" for kind, at in limits_of(settings, now).items())
        if days and not yes and not typer.confirm(f"Strike captures ({days}) for good?", err=True):
            say("nothing was struck")
            raise typer.Exit(FAILED)
        count, files = retire_old(settings, now, tell=say)
    say(f"{count} captures struck, {files} files rewritten; their place on the disk is free")
