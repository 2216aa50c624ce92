"""Coding sheets: articles for a person to code blind, and how well the archive agrees with what the person found."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.errors import SheetError
from warehouse.load import with_table
from warehouse.resolve.names import likeness, read_name
from warehouse.statements import statement

GIVEN = ("article_id", "url", "published_on", "source", "language", "headline", "text")
CODED = (
    "is_visit", "visitor_country", "host_country", "visitor_name", "visitor_office", "host_name", "kind", "status",
    "start_on", "end_on", "note",
)  # fmt: skip
"""What the person fills in: is_visit yes or no, one line a visit (repeat article_id), the rest in the words of the
dictionary; an empty cell says that the text does not tell."""
_COMPARED = ("visitor_name", "visitor_office", "host_name", "kind", "status", "start_on", "end_on")
_YES, _NO = ("yes", "oui", "y", "1", "true"), ("no", "non", "n", "0", "false")


@dataclass(frozen=True, slots=True)
class FieldScore:
    """One field as the archive has it against what people coded, 0 to 1, with 95 % intervals (Wilson)."""

    field: str
    precision: float | None
    precision_low: float
    precision_high: float
    recall: float | None
    recall_low: float
    recall_high: float
    given: int
    """Values that the archive gives."""
    wanted: int
    """Values that the people found."""


@dataclass(slots=True)
class _Tally:
    """Weighted counts: of values given and wanted, how many are right."""

    given: list[tuple[float, bool]] = field(default_factory=list)
    wanted: list[tuple[float, bool]] = field(default_factory=list)


def draw_sheet(published: Path, count: int, *, stratified: bool = False, seed: str = "1") -> list[dict[str, Any]]:
    """Rows of a coding sheet for `count` articles, without anything that the coder found; texts where they are
    published. Stratified: equally many of each language, with and without a visit by the archive. Raises SheetError."""
    if count < 1:
        raise SheetError(f"{count}: a sheet has at least one article")
    with _opened(published) as connection:
        asked = {"count": count, "stratified": stratified, "seed": seed}
        rows = connection.execute(statement("sample_articles"), asked).to_arrow_table().to_pylist()
        texts = dict(_texts(connection, [row["article_id"] for row in rows]))
    blank = dict.fromkeys(CODED)
    return [{**row, "text": texts.get(row["article_id"]), **blank} for row in rows]


def read_sheet(path: Path) -> list[dict[str, str]]:
    """The rows of a filled sheet (CSV with the columns that it was made with). Raises SheetError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SheetError(
            f"{path}: looked for a coding sheet, found no readable CSV ({error}); save it as CSV UTF-8"
        ) from error
    missing = {"article_id", *CODED} - {"note"} - set(rows[0] if rows else ())
    if missing:
        raise SheetError(f"{path}: no column {', '.join(sorted(missing))}; fill a sheet that `chancery sample` made")
    return rows


def score_sheet(published: Path, rows: Sequence[Mapping[str, str]]) -> list[FieldScore]:
    """How well the archive agrees with a filled sheet. Articles whose `is_visit` is empty are left out.

    Each article weighs as many as it stands for: those of its language and decision in the archive over those of the
    sheet, so that a stratified sheet gives the figures of the archive. Raises SheetError.
    """
    coded = _coded(rows)
    if not coded:
        raise SheetError("no line of the sheet has is_visit filled with yes or no; there is nothing to score")
    with _opened(published) as connection:
        asked = pa.table({"article_id": pa.array(list(coded), pa.string())})
        decisions = {
            id: (language, said) for id, language, said in with_table(connection, "asked", asked, "sample_decisions")
        }
        strata = {
            (language, said): n for language, said, n in connection.execute(statement("sample_strata")).fetchall()
        }
        connection.register("asked", asked)
        reports = connection.execute(statement("sample_reports")).to_arrow_table().to_pylist()
    if strange := coded.keys() - decisions.keys():
        raise SheetError(f"{sorted(strange)[0]}: no such article in {published}; score with the archive of the sheet")
    drawn = Counter(decisions[id] for id in coded)
    tallies = {name: _Tally() for name in ("article", "visit", *_COMPARED)}
    for id, wanted in coded.items():
        weight = max(strata.get(decisions[id], 0), drawn[decisions[id]]) / drawn[decisions[id]]
        given = [report for report in reports if report["article_id"] == id]
        _count(tallies, weight, wanted, given, said=bool(decisions[id][1]))
    return [_scored(name, tally) for name, tally in tallies.items()]


def _coded(rows: Iterable[Mapping[str, str]]) -> dict[str, list[Mapping[str, str]]]:
    """The visits that a person found, by article; an article without any has none."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for n, row in enumerate(rows, 2):
        answer = (row["is_visit"] or "").strip().lower()
        if not answer:
            continue
        if answer not in (*_YES, *_NO):
            raise SheetError(f"line {n} · is_visit · {answer!r} won't do; write yes or no")
        found.setdefault(row["article_id"], []).extend([row] if answer in _YES else [])
    return found


def _count(
    tallies: dict[str, _Tally],
    weight: float,
    wanted: list[Mapping[str, str]],
    given: list[dict[str, Any]],
    *,
    said: bool,
) -> None:
    _decide(tallies["article"], weight, bool(wanted), said)
    left = list(given)
    for visit in wanted:
        match = next((report for report in left if _is_same_dyad(visit, report)), None)
        tallies["visit"].wanted.append((weight, match is not None))
        if match is None:
            continue
        left.remove(match)
        tallies["visit"].given.append((weight, True))
        for name in _COMPARED:
            _compare(tallies[name], weight, _value(visit.get(name)), _value(match[name]), name)
    tallies["visit"].given.extend((weight, False) for _ in left)


def _decide(tally: _Tally, weight: float, wanted: bool, said: bool) -> None:
    if said:
        tally.given.append((weight, wanted))
    if wanted:
        tally.wanted.append((weight, said))


def _compare(tally: _Tally, weight: float, wanted: str | None, given: str | None, name: str) -> None:
    is_right = wanted is not None and given is not None and _is_equal(wanted, given, name)
    if given is not None:
        tally.given.append((weight, is_right))
    if wanted is not None:
        tally.wanted.append((weight, is_right))


def _is_equal(wanted: str, given: str, name: str) -> bool:
    if name.endswith("_name"):
        return likeness(read_name(wanted), read_name(given)) is not None
    return wanted.lower() == given.lower()


def _is_same_dyad(visit: Mapping[str, str], report: Mapping[str, Any]) -> bool:
    return all(_value(visit[name]) == _value(report[name]) for name in ("visitor_country", "host_country"))


def _value(text: Any) -> str | None:
    return str(text).strip() or None if text is not None else None


def _scored(name: str, tally: _Tally) -> FieldScore:
    precision, recall = interval(tally.given), interval(tally.wanted)
    return FieldScore(name, *precision, *recall, len(tally.given), len(tally.wanted))


def interval(weighed: Sequence[tuple[float, bool]], z: float = 1.96) -> tuple[float | None, float, float]:
    """A weighted share with Wilson's 95 % interval, of as many as the weights are worth (Kish); None of nothing."""
    total = sum(weight for weight, _ in weighed)
    if not total:
        return None, 0.0, 1.0
    p = sum(weight for weight, is_right in weighed if is_right) / total
    n = total * total / sum(weight * weight for weight, _ in weighed)
    middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return p, max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def _texts(connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> list[tuple[str, str | None]]:
    """Bodies, where the operator publishes them."""
    if "article_texts" not in {name for (name,) in connection.execute(statement("table_names")).fetchall()}:
        return []
    asked = pa.table({"article_id": pa.array(ids, pa.string())})
    return [(id, body) for id, body in with_table(connection, "asked", asked, "sample_texts")]


@contextmanager
def _opened(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    if not published.is_file():
        raise SheetError(f"{published}: there is no published file; run `chancery publish` first, or name another")
    try:
        with duckdb.connect(str(published), read_only=True) as connection:
            yield connection
    except duckdb.Error as error:
        raise SheetError(f"{published}: the published file can't be asked ({error}); publish it again") from error
