"""`chancery check`: what each field saw and why, of a page, a file or a source."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.app import app
from flows.cli.show import (
    BAD_USAGE,
    FAILED,
    ArchiveOption,
    ConfigOption,
    JsonOption,
    chosen_settings,
    say,
    show_rows,
    told,
)
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.checking import PageCheck, SourceCheck


@app.command()
def check(
    target: Annotated[str, typer.Argument(metavar="SOURCE|FILE|URL", help="What to look at.")],
    verify: Annotated[
        bool,
        typer.Option("--verify", help="Of a source: look for its feeds, and write your own copy if a run can use it."),
    ] = False,
    pages: Annotated[int, typer.Option(min=1, max=20, help="Of a source: so many pages are read.")] = 3,
    source: Annotated[str | None, typer.Option(help="Of a file or URL: read it with this source's layouts.")] = None,
    url: Annotated[str | None, typer.Option(help="Of a file: the address that it was saved from.")] = None,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what each field saw and why it was chosen, and the visits with the sentences that show them.

    Examples: chancery check page.html;  chancery check https://paper.example/a;  chancery check mli_amap --verify
    """
    from extractors import ReadingError
    from flows.sources import declared_sources

    with told("check", ReadingError):
        settings = chosen_settings(config, archive)
        declared = declared_sources(settings)
        if source is not None and source not in declared:
            say(f"chancery check: {source}: no source of this name is declared; `chancery sources` lists them")
            raise typer.Exit(BAD_USAGE)
        from flows.checking import check_file, check_url

        if target in declared:
            _check_source(declared[target], settings, verify=verify, pages=pages, as_json=as_json)
        elif target.startswith(("http://", "https://")):
            _show_page(asyncio.run(check_url(target, settings, declared, name=source)), as_json=as_json)
        elif Path(target).is_file():
            paper = declared[source] if source else None
            _show_page(check_file(Path(target), settings, source=paper, url=url), as_json=as_json)
        else:
            say(f"chancery check: {target}: neither a declared source nor a file nor an http(s) address; see --help")
            raise typer.Exit(BAD_USAGE)


def _check_source(source: Any, settings: Settings, *, verify: bool, pages: int, as_json: bool) -> None:
    from flows.checking import check_source
    from flows.verifying import verify_source, write_declaration

    if not verify and not (source.discover.feeds or source.discover.sitemaps or source.discover.listings):
        say(f"{source.name}: its file names no feed yet; `chancery check {source.name} --verify` looks for one")
        raise typer.Exit(FAILED)
    looking = verify_source if verify else check_source
    seen = asyncio.run(looking(source, settings, pages=pages, tell=say))
    _show_source(seen, as_json=as_json)
    if not seen.is_good:
        say(f"{source.name}: a run can't use it as it is: no channel lists pages that have a headline and a text")
        raise typer.Exit(FAILED)
    if verify:
        path = write_declaration(seen.source, settings.archive / "sources")
        say(f"{source.name}: works; written to {path}, which takes the place of ours: `chancery ingest {source.name}`")


def _show_source(seen: SourceCheck, *, as_json: bool) -> None:
    _show(seen.channel_rows, f"channels of {seen.source.name}", "channel", as_json=as_json)
    for page in seen.pages:
        _show_page(page, as_json=as_json)
    for problem in seen.problems:
        say(problem)


def _show_page(page: PageCheck, *, as_json: bool) -> None:
    _show(page.fields, page.name, "field", as_json=as_json)
    if page.visits or not as_json:
        title = f"{len(page.coding.visits)} visits" if page.coding.visits else "no visit"
        _show(page.visits, title, "evidence", as_json=as_json)
    if page.trace:
        _show(page.trace, "why", "trace", as_json=as_json)


def _show(rows: Sequence[dict[str, Any]], title: str, part: str, *, as_json: bool) -> None:
    """A table, or lines that say which table they are of."""
    if as_json:
        rows = [{"part": part, "of": title, **row} for row in rows]
    show_rows(rows, title=title, as_json=as_json)
