"""`chancery plot`: what analysts want to see first, as SVG or PNG."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.app import app
from flows.cli.export import FileOption
from flows.cli.show import BAD_USAGE, ArchiveOption, ConfigOption, chosen_settings, say, told

if TYPE_CHECKING:
    from flows.plots import Sheet
    from warehouse import Selection

plot_app = typer.Typer(
    help="Draw the analysts' file as SVG or PNG: months, dyads, matrix, visit.  Example: chancery plot months",
    no_args_is_help=True,
)
app.add_typer(plot_app, name="plot")

FORMS = ("svg", "png")
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", help="The file, .svg or .png; one named after the plot, here, else.", dir_okay=False),
]  # fmt: skip
FromOption = Annotated[str | None, typer.Option("--from", help="First day, month or year: 2018-03-01, 2018-03, 2018.")]
ToOption = Annotated[str | None, typer.Option("--to", help="Last day, month or year.")]
CountryOption = Annotated[
    str | None, typer.Option(help="Visits of this state and to it only: its ISO 3166 code of three letters.")
]


@plot_app.command()
def months(
    output: OutputOption = None,
    since: FromOption = None,
    until: ToOption = None,
    country: CountryOption = None,
    file: FileOption = None,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
) -> None:
    """Visits per month, and the articles that were read.  Example: chancery plot months --country MLI --from 2018"""
    form, chosen = _form(output), _selection(since, until, country)
    with told("plot months", *_errors()):
        import warehouse
        from flows.plots import draw_months

        counted = warehouse.visits_by_month(file or chosen_settings(config, archive).published, chosen)
        _write(draw_months(counted, what=_what(chosen)), output or Path("months.svg"), form)


@plot_app.command()
def dyads(
    output: OutputOption = None,
    top: Annotated[int, typer.Option(min=1, max=60, help="So many pairs.")] = 20,
    since: FromOption = None,
    until: ToOption = None,
    country: CountryOption = None,
    file: FileOption = None,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
) -> None:
    """The directed pairs of states with most visits.  Example: chancery plot dyads --top 10 --output dyads.png"""
    form, chosen = _form(output), _selection(since, until, country)
    with told("plot dyads", *_errors()):
        import warehouse
        from flows.plots import draw_dyads

        counted = warehouse.visits_by_dyad(file or chosen_settings(config, archive).published, chosen, most=top)
        _write(draw_dyads(counted, what=_what(chosen)), output or Path("dyads.svg"), form)


@plot_app.command()
def matrix(
    output: OutputOption = None,
    top: Annotated[int, typer.Option(min=2, max=40, help="So many states.")] = 20,
    since: FromOption = None,
    until: ToOption = None,
    country: CountryOption = None,
    file: FileOption = None,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
) -> None:
    """Who visits whom, among the states in most visits (of one country, among those it has most visits with).

    Example: chancery plot matrix --top 12
    """
    form, chosen = _form(output), _selection(since, until, country)
    with told("plot matrix", *_errors()):
        import warehouse
        from flows.plots import draw_matrix

        counted = warehouse.visits_in_matrix(file or chosen_settings(config, archive).published, chosen, most=top)
        _write(draw_matrix(counted, what=_what(chosen)), output or Path("matrix.svg"), form)


@plot_app.command()
def visit(
    visit_id: Annotated[str, typer.Argument(metavar="ID", help="The visit's id, as in visits.visit_id.")],
    output: OutputOption = None,
    file: FileOption = None,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
) -> None:
    """A visit's life: who told what of it, and when.  Example: chancery plot visit ee61adc58742242a"""
    form = _form(output)
    with told("plot visit", *_errors()):
        import warehouse
        from flows.plots import draw_life

        found, counted = warehouse.life_of_visit(file or chosen_settings(config, archive).published, visit_id)
        _write(draw_life(found, counted), output or Path(f"visit-{found['visit_id']}.svg"), form)


def _errors() -> tuple[type[Exception], ...]:
    from warehouse import WarehouseError

    return (WarehouseError,)


def _form(output: Path | None) -> str:
    """svg or png, by the suffix."""
    form = output.suffix[1:].lower() if output else FORMS[0]
    if form not in FORMS:
        say(f"chancery plot: {output}: a plot is .svg or .png; name the file so")
        raise typer.Exit(BAD_USAGE)
    return form


def _selection(since: str | None, until: str | None, country: str | None) -> Selection:
    from warehouse import Selection

    first, last = since and _days(since, "--from")[0], until and _days(until, "--to")[1]
    if first and last and first > last:
        say(f"chancery plot: --from {since} comes after --to {until}")
        raise typer.Exit(BAD_USAGE)
    if country and not re.fullmatch("[A-Za-z]{3}", country):
        say(f"chancery plot: --country {country}: write the ISO 3166 code of three letters, as MLI")
        raise typer.Exit(BAD_USAGE)
    return Selection(first or None, last or None, country.upper() if country else None)


def _days(text: str, option: str) -> tuple[date, date]:
    """The first and the last day of a day, a month or a year."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text)
    try:
        if found is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        last_month = month or 12
        return date(year, month or 1, day or 1), date(year, last_month, day or monthrange(year, last_month)[1])
    except ValueError as error:
        say(f"chancery plot: {option} {text}: write a day, month or year, as 2018-03-01, 2018-03 or 2018")
        raise typer.Exit(BAD_USAGE) from error


def _what(chosen: Selection) -> str:
    """The selection in words."""
    who = f"{chosen.country} as visitor or host" if chosen.country else "all states"
    first = f" from {chosen.first}" if chosen.first else ""
    return who + first + (f" to {chosen.last}" if chosen.last else "")


def _write(drawing: Sheet, path: Path, form: str) -> None:
    path.write_bytes(drawing.as_bytes(form))
    say(f"{drawing.title}: {path}")
