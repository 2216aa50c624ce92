"""The numbers that plots show, counted in a published file: read-only, as a query is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from warehouse.errors import QueryError
from warehouse.query import run_query
from warehouse.statements import statement

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which visits are counted."""

    first: date | None = None
    """First day; None: from the beginning. A visit without a printed day counts on that of its first report."""
    last: date | None = None
    country: str | None = None
    """ISO 3166-1 alpha-3, as visitor or as host; None: all."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Rows to draw, and what must be said beside them."""

    rows: tuple[Row, ...]
    is_sample: bool
    """True: everything in the file is invented."""
    citation: str


def visits_by_month(published: Path, selection: Selection) -> Counted:
    """month, made, only_announced, not_made, articles (read, of all papers): a row each month, zeros too. Raises
    QueryError, as all of these do."""
    return _counted(published, "plot_months", _parameters(selection))


def visits_by_dyad(published: Path, selection: Selection, *, most: int) -> Counted:
    """visitor, host (names), made, top_made, pairs and visits (of the whole selection): a row a directed pair."""
    return _counted(published, "plot_dyads", {**_parameters(selection), "most": most})


def visits_in_matrix(published: Path, selection: Selection, *, most: int) -> Counted:
    """visitor_country, visitor_rank, host_country, host_rank, made, states (how many there are in all)."""
    return _counted(published, "plot_matrix", {**_parameters(selection), "most": most})


def life_of_visit(published: Path, visit_id: str) -> tuple[Row, Counted]:
    """The visit, and its reports: told_on, source, side, status, headline, start_on. An id that is no more leads on."""
    found = _counted(published, "plot_visit", {"visit_id": visit_id}).rows
    if not found:
        raise QueryError(f"{visit_id}: no such visit in {published}; ids stand in visits.visit_id")
    return found[0], _counted(published, "plot_tellings", {"visit_id": found[0]["visit_id"]})


def _parameters(selection: Selection) -> dict[str, Any]:
    return {"first": selection.first, "last": selection.last, "country": selection.country}


def _counted(published: Path, name: str, parameters: Mapping[str, Any]) -> Counted:
    about = {key: value for key, value, _ in run_query(published, statement("about_rows")).rows}
    answer = run_query(published, statement(name), parameters=parameters)
    rows = tuple(dict(zip(answer.columns, row, strict=True)) for row in answer.rows)
    return Counted(rows, about["is_sample"] == "True", about["citation"])
