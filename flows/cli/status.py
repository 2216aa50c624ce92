"""`chancery status`: what is to be done today, the last runs, and what could not be read."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from flows.cli.app import app
from flows.cli.show import (
    FAILED,
    ArchiveOption,
    ConfigOption,
    JsonOption,
    chosen_settings,
    plain,
    say,
    show_rows,
    told,
)
from flows.settings import Settings

Rows = list[dict[str, Any]]
_SUMMARY = ("sources", "fetched", "read", "articles_new", "revisions_new", "visits", "rejects", "recovered")


@app.command()
def status(
    source: Annotated[
        str | None, typer.Argument(metavar="[SOURCE]", help="One source: its runs, and how its requests were answered.")
    ] = None,
    runs: Annotated[int, typer.Option(min=1, help="So many of the last runs.")] = 10,
    reasons: Annotated[int, typer.Option(min=1, help="So many of the commonest reasons of rejects.")] = 10,
    run: Annotated[str | None, typer.Option(help="The rejects of this run only.")] = None,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show in one screen what is to be done today: a verdict, the list, the last runs, rejects by reason.

    Sources that fail or fell silent, fields that are no longer read, a killed run, a full disk, each with the command
    that looks closer. It works on an archive that may only be read, too.
    Examples: chancery status --runs 3;  chancery status mli_amap
    """
    from extractors import SourceError

    with told("status", SourceError):
        settings = chosen_settings(config, archive)
        if not settings.catalogue.is_file():
            say(f"chancery status: {settings.catalogue}: no catalogue yet; `chancery ingest` makes one")
            raise typer.Exit(FAILED)
        if source is None:
            _show_today(settings, runs, reasons, as_json=as_json)
        tables = _asked(settings, source, runs, reasons, run)
    if source and not tables["last runs"] and not tables["requests by outcome"]:
        say(f"chancery status: {source}: no run has asked this source; `chancery sources` lists the names")
        raise typer.Exit(FAILED)
    for title, rows in tables.items():
        if rows or not as_json:
            show_rows(rows, title=f"{title} of {source}" if source else title, as_json=as_json)


def _show_today(settings: Settings, runs: int, reasons: int, *, as_json: bool) -> None:
    """The verdict, and what is to be done."""
    from datetime import UTC, datetime

    from flows.sources import declared_sources
    from flows.states import ask_catalogue
    from flows.watching import ask_watch, to_do, verdict
    from warehouse import WarehouseError

    now = datetime.now(UTC)
    with told("status", WarehouseError):
        watch = ask_catalogue(
            settings, lambda catalogue: ask_watch(catalogue, now, runs=runs, reasons=reasons), empty=None, tell=say
        )
    if watch is None:
        return
    items = to_do(watch, settings, declared_sources(settings), now)
    if as_json:
        typer.echo(json.dumps({"verdict": verdict(items, watch)}, ensure_ascii=False))
    else:
        typer.echo(plain(verdict(items, watch)))
    if items:
        show_rows([item.row() for item in items], title="to do", as_json=as_json)


def _asked(settings: Settings, source: str | None, runs: int, reasons: int, run: str | None) -> dict[str, Rows]:
    """Tables by their titles."""
    from flows.states import ask_catalogue
    from warehouse import Catalogue, WarehouseError

    def question(catalogue: Catalogue) -> dict[str, Rows]:
        rejects = catalogue.rejects_by_reason(run, reasons, source=source)
        if source is None:
            return {"last runs": [_run_row(row) for row in catalogue.last_runs(runs)], "rejects by reason": rejects}
        return {
            "last runs": catalogue.source_runs(source, runs),
            "requests by outcome": catalogue.fetches_by_outcome(source),
            "rejects by reason": rejects,
        }

    with told("status", WarehouseError):
        return ask_catalogue(settings, question, empty={}, tell=say)


def _run_row(row: dict[str, Any]) -> dict[str, Any]:
    summary = json.loads(row["summary"]) if row["summary"] else {}
    took = (row["ended_at"] - row["started_at"]).total_seconds() if row["ended_at"] else None
    return {
        "run": row["run_id"],
        "kind": row["kind"],
        "started_at": row["started_at"],
        "state": row["state"],
        "seconds": None if took is None else round(took, 1),
        **{name: summary.get(name) for name in _SUMMARY},
        "failed": ", ".join(summary.get("failed", ())) or None,
    }
