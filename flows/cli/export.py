"""`chancery export` and `chancery sample`: the analysts' file for other programs, and sheets to check it by."""

from __future__ import annotations

import csv
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.app import app
from flows.cli.publish import safe_cell
from flows.cli.show import (
    BAD_USAGE,
    ArchiveOption,
    ConfigOption,
    JsonOption,
    chosen_settings,
    say,
    show_rows,
    told,
)

FileOption = Annotated[
    Path | None, typer.Option("--file", help="The analysts' file, in place of the archive's.", dir_okay=False)
]


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Where the files go; an earlier export there is replaced.")],
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format", help="parquet, csv, jsonl or excel; may be given several times. The first three, else."
        ),
    ] = None,
    tables: Annotated[
        list[str] | None,
        typer.Option("--table", help="A table or view; may be given several times. Those of analysts, else."),
    ] = None,
    file: FileOption = None,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the analysts' file as Parquet, CSV, JSON lines or Excel, with a data package, a citation and checksums.

    Examples: chancery export visits-2026;  chancery export out --format excel --table visits --table dyad_year
    """
    import warehouse

    with told("export", warehouse.WarehouseError):
        published = file or chosen_settings(config, archive).published
        report = warehouse.export(
            published,
            folder,
            formats=formats or warehouse.EXPORT_DEFAULTS,
            tables=tables or warehouse.EXPORT_TABLES,
        )
    for name, count in report.left_out.items():
        say(f"{name}: {count:,} rows are more than a sheet of Excel holds; it is in the other forms only")
    rows = [{"table": name, "rows": count} for name, count in report.rows.items()]
    show_rows(rows, title=f"{report.files} files, {report.bytes:,} bytes in {report.folder}", as_json=as_json)


@app.command()
def sample(
    count: Annotated[int | None, typer.Argument(min=1, metavar="N", help="How many articles to code.")] = None,
    stratify: Annotated[
        bool, typer.Option("--stratify", help="As many of each language, and with a visit as without one.")
    ] = False,
    seed: Annotated[str, typer.Option(help="The same seed draws the same articles.")] = "1",
    output: Annotated[Path | None, typer.Option("--output", help="Where the sheet goes.", dir_okay=False)] = None,
    score: Annotated[
        Path | None, typer.Option("--score", help="A filled sheet: how well does the archive agree?", dir_okay=False)
    ] = None,
    file: FileOption = None,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draw articles to be coded by a person who does not see what the program found, then measure the program by it.

    Examples: chancery sample 100 --stratify --output sheet.csv;  chancery sample --score sheet.csv
    """
    import warehouse

    if (count is None) == (score is None) or (count is not None and output is None):
        say("chancery sample: give either N with --output, or --score SHEET; see --help")
        raise typer.Exit(BAD_USAGE)
    with told("sample", warehouse.WarehouseError):
        published = file or chosen_settings(config, archive).published
        if score is not None:
            scores = warehouse.score_sheet(published, warehouse.read_sheet(score))
            rows = [{name: _rounded(value) for name, value in asdict(one).items()} for one in scores]
            show_rows(rows, title=f"{score} against {published}", as_json=as_json)
            return
        assert count is not None and output is not None
        drawn = warehouse.draw_sheet(published, count, stratified=stratify, seed=seed)
        with output.open("w", encoding="utf-8-sig", newline="") as stream:
            out = csv.writer(stream)
            out.writerow((*warehouse.SHEET_GIVEN, *warehouse.SHEET_CODED))
            out.writerows([safe_cell(value) for value in row.values()] for row in drawn)
    say(f"{len(drawn)} articles in {output}: fill is_visit (yes or no) and the rest, a line a visit, then --score it")


def _rounded(value: object) -> object:
    return round(value, 3) if isinstance(value, float) else value
