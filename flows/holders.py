"""What analysts get beside the catalogue: the codes of states, and the operator's list of office-holders."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any, TypedDict

from extractors import load_states
from flows.errors import SettingsError
from flows.settings import Settings

FILE = "office_holders.csv"
"""In the archive's folder: country,office,name,from,to,ids; days as ISO, empty for open."""
_COLUMNS = {"country", "office", "name", "from", "to"}


class Beside(TypedDict):
    """Keywords of `warehouse.publish`."""

    states: list[dict[str, Any]]
    holders: list[dict[str, Any]]


def beside_catalogue(settings: Settings) -> Beside:
    """Both, for every publication of this archive. Raises SettingsError for a list that can't be read."""
    return {"states": load_states(), "holders": office_holders(settings.archive / FILE)}


def office_holders(path: Path) -> list[dict[str, Any]]:
    """The rows of the list; none where there is no such file. Raises SettingsError naming line, column and remedy."""
    if not path.is_file():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SettingsError(f"{path}: looked for office-holders, found no readable CSV ({error}); mend it") from error
    if rows and (missing := _COLUMNS - rows[0].keys()):
        raise SettingsError(f"{path}: no column {', '.join(sorted(missing))}; the first line names them")
    return [_holder(row, f"{path} · line {n}") for n, row in enumerate(rows, 2)]


def _holder(row: dict[str, str], at: str) -> dict[str, Any]:
    for name in ("country", "office", "name"):
        if not (row[name] or "").strip():
            raise SettingsError(f"{at} · {name} · it is empty; fill it or take the line out")
    return {
        "country": row["country"].strip().upper(),
        "office": row["office"].strip(),
        "name": row["name"].strip(),
        "valid_from": _day(row["from"], f"{at} · from"),
        "valid_to": _day(row["to"], f"{at} · to"),
        "ids": (row.get("ids") or "").strip() or None,
    }


def _day(text: str | None, at: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text and text.strip() else None
    except ValueError as error:
        raise SettingsError(f"{at} · {text!r} won't do; write a day as 2026-03-10, or leave it empty") from error
