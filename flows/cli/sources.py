"""`chancery sources`: which papers are declared, which of them a run asks, and how each fares."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.cli.app import app
from flows.cli.show import ArchiveOption, ConfigOption, JsonOption, chosen_settings, say, show_rows, told
from flows.settings import Settings

_STATE = ("last_success_at", "last_state", "articles", "reports", "last_note")
"""What the archive tells of a source, by the names of `source_states`."""


@app.command()
def sources(
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
    from extractors import SourceError

    with told("sources", SourceError):
        settings = chosen_settings(config, archive)
        rows = _rows(settings, folder or [])
    show_rows(rows, title=f"{len(rows)} sources", as_json=as_json)


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
