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
    runs: Annotated[int, typer.Option(min=1, help="So many of the last runs.")] = 10,
    reasons: Annotated[int, typer.Option(min=1, help="So many of the commonest reasons of rejects.")] = 20,
    run: Annotated[str | None, typer.Option(help="The rejects of this run only.")] = None,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the last runs and what could not be read, by reason.

    A run that stays "running" without an end was killed: the next one picks up what it had shelved.
    Example: chancery status --runs 3
    """
    with told("status"):
        settings = chosen_settings(config, archive)
        if not settings.catalogue.is_file():
            say(f"chancery status: {settings.catalogue}: no catalogue yet; `chancery ingest` makes one")
            raise typer.Exit(FAILED)
        ledger, rejects = _asked(settings, runs, reasons, run)
    show_rows([_run_row(row) for row in ledger], title="last runs", as_json=as_json)
    if rejects or not as_json:
        show_rows(rejects, title="rejects by reason", as_json=as_json)


def _asked(settings: Settings, runs: int, reasons: int, run: str | None) -> tuple[Rows, Rows]:
    from flows.states import ask_catalogue
    from warehouse import Catalogue, WarehouseError

    def question(catalogue: Catalogue) -> tuple[Rows, Rows]:
        return catalogue.last_runs(runs), catalogue.rejects_by_reason(run, reasons)

    nothing: tuple[Rows, Rows] = ([], [])
    with told("status", WarehouseError):
        return ask_catalogue(settings, question, empty=nothing, tell=say)


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
