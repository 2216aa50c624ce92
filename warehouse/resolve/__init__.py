"""Reports of one visit, told by many, found and merged into visits: of the dyads only whose reports changed."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, count
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.load import with_rows, with_table
from warehouse.resolve.clusters import Group, groups
from warehouse.resolve.history import events, redirects
from warehouse.resolve.moves import joined
from warehouse.resolve.told import UNKNOWN, Told, told
from warehouse.resolve.values import conflicts, side_of, visit_row
from warehouse.rows import Row, key
from warehouse.statements import statement

_CHUNK = 20_000
"""Visits that are written at once: their reports, with all that they tell, are held in memory."""
_MOST = 60_000
"""Reports that are compared at once, or those of one dyad if it has more."""


def resolve_visits(connection: duckdb.DuckDBPyConnection) -> int:
    """Makes the visits of all unresolved dyads anew and gives the number of those that are not as they were; the caller
    holds the transaction. Dyads are taken in parts, so that millions of reports need no memory of their own."""
    changed, is_any = 0, False
    with _without_collecting():
        if connection.execute(statement("unresolved")).fetchall():
            connection.execute(statement("place_reports"))
        while connection.execute(statement("unresolved")).fetchall():
            connection.execute(statement("next_dyads"), {"most": _MOST})
            changed += _resolve_part(connection)
            connection.execute(statement("all_resolved"))
            is_any = True
    if is_any:
        connection.execute(statement("bump_content"))
    return changed


@contextmanager
def _without_collecting() -> Iterator[None]:
    """No search for cycles: what a part makes lives to its end, and looking through all of it again and again takes a
    quarter of the time and frees nothing."""
    is_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_on:
            gc.enable()


def _resolve_part(connection: duckdb.DuckDBPyConnection) -> int:
    held = connection.execute(statement("earlier_visits")).fetchall()
    before = {row[3] for row in held}
    earlier = {(article, ordinal): id for article, ordinal, _, id, _ in held if article is not None}
    found = visits_of(_reports(connection))
    waiting = {id for (id,) in connection.execute(statement("waiting_visits")).fetchall()}
    ids = visit_ids(found, earlier, waiting)
    links = [
        (id, report, group.reasons[report.key])
        for id, group in zip(ids, found, strict=True)
        for report in group.reports
    ]
    _note(connection, before, earlier, links)
    _withdraw(connection, {row[2] for row in held if row[2] is not None}, before, links)
    members: dict[str, set[str]] = {}
    for _, _, report_id, id, is_forced in held:
        # what is forced has a member that no group has
        members.setdefault(id, set()).update((report_id, "") if is_forced else (report_id,))
    changed = [
        (id, group)
        for id, group in zip(ids, found, strict=True)
        if members.get(id) != {report.report_id for report in group.reports}
    ]
    for n in range(0, len(changed), _CHUNK):
        _write(connection, changed[n : n + _CHUNK])
    return len(changed)


def visits_of(reports: Iterable[Told]) -> list[Group]:
    """The visits that reports of any dyads tell."""
    dyads: dict[tuple[str, str], list[Told]] = {}
    for report in reports:
        dyads.setdefault(report.dyad, []).append(report)
    return [group for dyad in sorted(dyads) for group in joined(groups(dyads[dyad]))]


def visit_ids(found: Sequence[Group], earlier: Mapping[tuple[str, int], str], waiting: Iterable[str] = ()) -> list[str]:
    """An id for each group: the one that most of its reports had before, else one made from its first report.

    `earlier` gives the visit of each report (article, ordinal) that was resolved before; ids of `waiting` are taken by
    visits that are resolved later. No id is given twice.
    """
    claims = sorted(
        (-votes, min(report.printed for report in group.reports), id, n)
        for n, group in enumerate(found)
        for id, votes in Counter(earlier[r.key] for r in group.reports if r.key in earlier).items()
    )
    given: dict[int, str] = {}
    taken = set(waiting)
    for _, _, id, n in claims:
        if n not in given and id not in taken:
            given[n] = id
            taken.add(id)
    for n, group in enumerate(found):
        if n not in given:
            given[n] = _new_id(group, taken)
            taken.add(given[n])
    return [given[n] for n in range(len(found))]


def _new_id(group: Group, taken: set[str]) -> str:
    """From the report that was printed first; if an earlier visit still bears that id, from the next one."""
    keys = [report.key for report in sorted(group.reports, key=lambda report: report.printed)]
    ids = (key("visit", *parts) for parts in chain(keys, ((*keys[0], n) for n in count(2))))
    return next(id for id in ids if id not in taken)


def _reports(connection: duckdb.DuckDBPyConnection) -> Iterable[Told]:
    """What the merge must know of each report, in parts: an archive of millions needs no memory for the rest."""
    for batch in connection.execute(statement("reports_to_resolve")).to_arrow_reader(_CHUNK):
        yield from map(told, batch.to_pylist())


def _write(connection: duckdb.DuckDBPyConnection, changed: Sequence[tuple[str, Group]]) -> None:
    """Values, conflicts and links of visits that are not as they were."""
    asked = pa.table({"report_id": pa.array([r.report_id for _, group in changed for r in group.reports], pa.string())})
    connection.register("asked_reports", asked)
    try:
        told_rows = connection.execute(statement("reports_in_full")).to_arrow_table().to_pylist()
    finally:
        connection.unregister("asked_reports")
    full: dict[str, Row] = {row["report_id"]: row for row in told_rows}
    for _, group in changed:
        for report in group.reports:
            full[report.report_id] |= _states(report)  # of a placed report they are not those that it prints
    visits: list[Row] = []
    quarrels: list[Row] = []
    links: list[Row] = []
    for id, group in changed:
        rows = [full[report.report_id] for report in sorted(group.reports, key=lambda report: report.printed)]
        dating = {report.report_id for report in group.plan} or None
        visit = visit_row(id, rows, dating)
        visits.append(visit)
        quarrels.extend(conflicts(visit, rows, dating))
        links.extend(_link(id, report, group, full[report.report_id]) for report in group.reports)
    with_rows(connection, "visits", visits, "note_changed_visits")
    with_rows(connection, "visits", visits, "clear_conflicts")
    with_rows(connection, "visit_conflicts", quarrels, "load_visit_conflicts")
    with_rows(connection, "visits", visits, "load_visits")
    with_rows(connection, "visit_reports", links, "load_visit_reports")


def _states(report: Told) -> Row:
    visitor, host = (None if code == UNKNOWN else code for code in report.dyad)
    return {"visitor_country": visitor, "host_country": host}


def _link(id: str, report: Told, group: Group, row: Row) -> Row:
    article, ordinal = report.key
    return {
        "report_id": report.report_id,
        "visit_id": id,
        "article_id": article,
        "ordinal": ordinal,
        "side": side_of(row),
        "basis": group.reasons[report.key],
    }


def _note(
    connection: duckdb.DuckDBPyConnection,
    before: set[str],
    earlier: Mapping[tuple[str, int], str],
    links: Sequence[tuple[str, Told, str]],
) -> None:
    """The life of visits, and where ids lead that are no more."""
    with_rows(connection, "visit_history", list(events(before, earlier, links)), "load_visit_history")
    standing = {id for id, _, _ in links}
    heirs = redirects(earlier, {report.key: id for id, report, _ in links}, standing)
    rows = [{"old_id": old, "visit_id": heir} for old, heir in heirs.items()]
    with_rows(connection, "visit_redirects", rows, "load_visit_redirects")
    with_table(connection, "standing", _ids(standing), "withdraw_visit_redirects")


def _withdraw(
    connection: duckdb.DuckDBPyConnection, reports: set[str], visits: set[str], links: Sequence[tuple[str, Told, str]]
) -> None:
    """Takes out what no report tells any more."""
    with_table(
        connection, "gone", _ids(reports - {report.report_id for _, report, _ in links}), "withdraw_visit_reports"
    )
    with_table(connection, "gone", _ids(visits - {id for id, _, _ in links}), "withdraw_visits")


def _ids(ids: Iterable[Any]) -> pa.Table:
    return pa.table({"id": pa.array(sorted(ids), pa.string())})
