"""Reports of one visit, told by many, found and merged into visits: of the dyads only whose reports changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain, count

import duckdb

from warehouse.load import with_rows
from warehouse.resolve.clusters import Group, groups
from warehouse.resolve.told import Told, told
from warehouse.resolve.values import side_of, visit_row
from warehouse.rows import Row, key
from warehouse.statements import statement


def resolve_visits(connection: duckdb.DuckDBPyConnection) -> int:
    """Makes the visits of all unresolved dyads anew and gives their number; the caller holds the transaction."""
    if not connection.execute(statement("unresolved")).fetchall():
        return 0
    rows = connection.execute(statement("reports_to_resolve")).to_arrow_table().to_pylist()
    held = connection.execute(statement("earlier_visits")).fetchall()
    earlier = {(article, ordinal): id for article, ordinal, id in held}
    dyads: dict[tuple[str, str], list[Told]] = {}
    for report in map(told, rows):
        dyads.setdefault(report.dyad, []).append(report)
    found = [group for reports in dyads.values() for group in groups(reports)]
    visits: list[Row] = []
    links: list[Row] = []
    for id, group in zip(visit_ids(found, earlier), found, strict=True):
        visits.append(visit_row(id, group.reports))
        links.extend(_link(id, report) for report in group.reports)
    with_rows(connection, "visit_reports", links, "withdraw_visit_reports")
    with_rows(connection, "visits", visits, "withdraw_visits")
    with_rows(connection, "visits", visits, "load_visits")
    with_rows(connection, "visit_reports", links, "load_visit_reports")
    connection.execute(statement("all_resolved"))
    connection.execute(statement("bump_content"))
    return len(visits)


def visit_ids(found: Sequence[Group], earlier: Mapping[tuple[str, int], str]) -> list[str]:
    """An id for each group: the one that most of its reports had before, else one made from its first report.

    `earlier` gives the visit of each report (article, ordinal) that was resolved before. No id is given twice.
    """
    claims = sorted(
        (-votes, min(report.printed for report in group.reports), id, n)
        for n, group in enumerate(found)
        for id, votes in Counter(earlier[r.key] for r in group.reports if r.key in earlier).items()
    )
    given: dict[int, str] = {}
    taken: set[str] = set()
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


def _link(id: str, report: Told) -> Row:
    article, ordinal = report.key
    return {
        "report_id": report.row["report_id"],
        "visit_id": id,
        "article_id": article,
        "ordinal": ordinal,
        "side": side_of(report.row),
    }
