"""The command line's front door: the app that every verb signs up with."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(
    name="chancery",
    help="The open archive of bilateral visits: press pages in, coded visits out, with the sentence that says so.",
    epilog="Exit codes: 0 fine, 1 something failed, 2 bad usage or wrong settings. Start with: chancery demo",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"chancery {version('chancery')}")
        raise typer.Exit


@app.callback()
def _chancery(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """The options of every verb."""
