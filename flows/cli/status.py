"""`chancery status`: the last runs, how each source fares, and what could not be read."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from flows.cli.app import app
from flows.cli.show import FAILED, ArchiveOption, ConfigOption, JsonOption, chosen_settings, say, show_rows, told
from flows.settings import Settings

Rows = list[dict[str, Any]]
_SUMMARY = ("sources", "fetched", "read", "articles_new", "revisions_new", "visits", "rejects", "recovered")


@app.command()
def status(
    source: Annotated[
        str | None, typer.Argument(metavar="[SOURCE]", help="One source: its runs, and how its requests were answered.")
    ] = None,
    runs: Annotated[int, typer.Option(min=1, help="So many of the last runs.")] = 10,
    reasons: Annotated[int, typer.Option(min=1, help="So many of the commonest reasons of rejects.")] = 20,
    run: Annotated[str | None, typer.Option(help="The rejects of this run only.")] = None,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the last runs and what could not be read, by reason.

    A run that stays "running" without an end was killed: the next one picks up what it had shelved.
    Examples: chancery status --runs 3;  chancery status mli_amap
    """
    with told("status"):
        settings = chosen_settings(config, archive)
        if not settings.catalogue.is_file():
            say(f"chancery status: {settings.catalogue}: no catalogue yet; `chancery ingest` makes one")
            raise typer.Exit(FAILED)
        tables = _asked(settings, source, runs, reasons, run)
    if source and not tables["last runs"] and not tables["requests by outcome"]:
        say(f"chancery status: {source}: no run has asked this source; `chancery sources` lists the names")
        raise typer.Exit(FAILED)
    for title, rows in tables.items():
        if rows or not as_json:
            show_rows(rows, title=f"{title} of {source}" if source else title, as_json=as_json)


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
