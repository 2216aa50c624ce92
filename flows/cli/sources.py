"""`chancery sources`: which papers are declared, which of them a run asks, and how each fares."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

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

_STATE = ("last_success_at", "last_state", "articles", "reports", "last_note")
"""What the archive tells of a source, by the names of `source_states`."""


sources_app = typer.Typer()
app.add_typer(sources_app, name="sources")


@sources_app.callback(invoke_without_command=True)
def sources(
    context: typer.Context,
    folder: Annotated[
        list[Path] | None,
        typer.Option(
            help="A folder of your own TOML files; may be given again. A file there replaces ours of its name.",
            file_okay=False,
        ),
    ] = None,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the declared sources: the packaged ones and your own.

    An unverified source is never fetched by a run; `chancery check NAME --verify` tries it.
    Example: chancery sources --folder ./my-sources --json
    """
    if context.invoked_subcommand:
        return
    from extractors import SourceError

    with told("sources", SourceError):
        settings = chosen_settings(config, archive)
        rows = _rows(settings, folder or [])
    show_rows(rows, title=f"{len(rows)} sources", as_json=as_json)


@sources_app.command()
def discover(
    url: Annotated[str, typer.Argument(help="The front page of a paper.")],
    config: ConfigOption = None,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find the feeds and sitemaps of a paper that is not declared yet: announced, named by robots.txt, or usual.

    Nothing is kept. What works goes into the table "discover" of a source file of your own.
    Example: chancery sources discover https://www.a-paper.example/
    """
    from extractors import SourceError
    from flows.errors import RunError
    from flows.verifying import find_channels

    if not url.startswith(("http://", "https://")):
        say(f"chancery sources discover: {url}: write the whole address of a front page, with https://")
        raise typer.Exit(BAD_USAGE)
    with told("sources discover", SourceError, RunError):
        settings = chosen_settings(config, archive)
        found = asyncio.run(find_channels(url, settings, tell=say))
    rows = [
        {
            "channel": seen.channel.url,
            "kind": seen.kind,
            "entries": len(entries),
            "newest": max((entry.published_on for entry in entries if entry.published_on), default=None),
            "example": next((entry.headline or entry.url for entry in entries), None),
        }
        for seen in found
        if (entries := [entry for one in seen.everything for entry in one.entries])
    ]
    show_rows(rows, title=f"{len(rows)} channels of {url}", as_json=as_json)
    if not rows:
        say("no feed or sitemap was found; a listing page can be declared with a selector, see the form in the README")
        raise typer.Exit(FAILED)


def _rows(settings: Settings, more: list[Path]) -> list[dict[str, Any]]:
    from flows.sources import declared_sources

    declared, states = declared_sources(settings, more), _states(settings)
    shown = _STATE if states else ()
    return [
        {
            "source": name,
            "title": source.title,
            "country": source.country,
            "language": source.language,
            "kind": source.kind,
            "state": "sample" if source.is_sample else "verified" if source.verified else "unverified",
            **{key: states.get(name, {}).get(key) for key in shown},
        }
        for name, source in sorted(declared.items())
    ]


def _states(settings: Settings) -> Mapping[str, Mapping[str, Any]]:
    """What the archive knows of its sources; it is not even opened where there is none yet."""
    if not settings.catalogue.is_file():
        return {}
    from flows.states import source_states
    from warehouse import WarehouseError

    with told("sources", WarehouseError):
        return source_states(settings, tell=say)
