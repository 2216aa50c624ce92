"""`chancery erase`: an address or a domain, for good."""

from __future__ import annotations

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
    say,
    show_rows,
    told,
)


@app.command()
def erase(
    target: Annotated[str, typer.Argument(metavar="URL|DOMAIN", help="The address of a page, or a whole domain.")],
    reason: Annotated[str, typer.Option(help="Why; kept with the hash, so name no one.")],
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask before it is done.")] = False,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Erase a page, or all pages of a domain, from shelves, catalogue and published file. It can't be taken back.

    Texts, records, reports and their evidence go; other pages that print its address or headline are made unreadable
    there, feeds that list it go. Its hash stays, and it is never fetched or loaded again.
    Example: chancery erase https://paper.example/a --reason "asked by the publisher"
    """
    from flows.erasing import erase as erase_it
    from flows.erasing import find_scope
    from warehouse import WarehouseError

    if not reason.strip():
        say("chancery erase: --reason is empty; write why it goes, it is all that will be known of it")
        raise typer.Exit(BAD_USAGE)
    with told("erase", WarehouseError):
        settings = chosen_settings(config, archive)
        scope = find_scope(settings, target, tell=say)
        rows = [{"address": address} for address in scope.addresses]
        if not yes:
            show_rows(rows, title=f"{len(rows)} addresses would be erased for good", as_json=False)
            if not typer.confirm("Erase them?", err=True):
                say("nothing was erased")
                raise typer.Exit(FAILED)
        report = erase_it(settings, target, reason.strip(), tell=say)
    row = {
        "addresses": len(rows),
        "articles": report.articles,
        "reports": report.reports,
        "records struck": report.groups,
        "mentions made unreadable": report.mentions,
        "files rewritten": report.files,
    }
    show_rows([row], title="erased", as_json=as_json)
