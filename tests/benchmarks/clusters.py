"""Are reports of one visit made one, and those of two visits never? B-cubed precision and recall on invented reports.

    python tests/benchmarks/clusters.py [--misses]

The gold stands in tests/gold/clusters/reports.txt: reports as the coder gives them, under the visit that they tell. B-cubed: of each
report, which share of those grouped with it tell the same visit (precision), and which share of those that tell the same visit are grouped
with it (recall), averaged over the reports.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1])]

from warehouse.resolve import visits_of  # noqa: E402
from warehouse.resolve.told import told  # noqa: E402

GOLD = HERE.parent / "gold/clusters/reports.txt"
COLUMNS = ("published", "source", "status", "start", "end", "name", "office", "title", "more")


class Case(NamedTuple):
    """A report and the visit that it tells."""

    visit: str
    row: dict[str, Any]


class Figures(NamedTuple):
    """B-cubed over all reports, with what was wrong: (visit of the gold, its reports) parted or mixed."""

    precision: float
    recall: float
    visits: int
    reports: int


def cases(path: Path = GOLD) -> list[Case]:
    """The gold: each report as a row of reports_to_resolve."""
    found: list[Case] = []
    visit, visitor, host = "", "", ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("=="):
            visit, visitor, host, _ = (part.strip() for part in line.removeprefix("==").split("|", 3))
        elif line and not line.startswith("#"):
            found.append(_case(line, len(found), visit, visitor, host))
    return found


def _case(line: str, n: int, visit: str, visitor: str, host: str) -> Case:
    values = dict(zip(COLUMNS, (part.strip() or None for part in line.split("|")), strict=True))
    told = {name: None if value == "-" else value for name, value in values.items()}
    more = dict(part.strip().split("=", 1) for part in (told["more"] or "").split(";") if part.strip())
    message = more.get("message")
    row = {
        "report_id": f"r{n:04d}",
        "article_id": more.get("article", f"a{n:04d}"),
        "ordinal": n,
        "visitor_country": visitor,
        "host_country": more.get("host", host),
        "visitor_name": told["name"],
        "visitor_office": told["office"],
        "visitor_title_text": told["title"],
        "status": told["status"],
        **_day("start_on", told["start"]),
        **_day("end_on", told["end"]),
        "committee_session_number": more.get("session"),
        "message_from": None if message == "-" else message,
        "published_on": date.fromisoformat(told["published"] or ""),
    }
    return Case(more.get("visit", visit), row)


def _day(name: str, value: str | None) -> dict[str, Any]:
    parts = [int(part) for part in value.split("-")] if value else []
    precision = ("unknown", "year", "month", "day")[len(parts)]
    return {name: date(*[*parts, 1, 1][:3]) if parts else None, f"{name}_precision": precision}


def grouped(gold: list[Case]) -> dict[str, int]:
    """The number of the group in which each report was put."""
    return {
        report.report_id: n
        for n, group in enumerate(visits_of(told(case.row) for case in gold))
        for report in group.reports
    }


def measure(gold: list[Case], groups: dict[str, int]) -> Figures:
    """B-cubed precision and recall."""
    of_visit, of_group = defaultdict(set), defaultdict(set)
    for case in gold:
        of_visit[case.visit].add(case.row["report_id"])
        of_group[groups[case.row["report_id"]]].add(case.row["report_id"])
    precision = recall = 0.0
    for case in gold:
        id = case.row["report_id"]
        together = of_visit[case.visit] & of_group[groups[id]]
        precision += len(together) / len(of_group[groups[id]])
        recall += len(together) / len(of_visit[case.visit])
    return Figures(precision / len(gold), recall / len(gold), len(of_visit), len(gold))


def misses(gold: list[Case], groups: dict[str, int]) -> list[str]:
    """What was parted and what was mixed, a line each."""
    of_visit, of_group = defaultdict(lambda: defaultdict(list)), defaultdict(lambda: defaultdict(list))
    for case in gold:
        row = case.row
        said = f"{row['published_on']} {row['status']} {row['start_on']} {row['visitor_name']} ({row['visitor_title_text']})"
        of_visit[case.visit][groups[row["report_id"]]].append(said)
        of_group[groups[row["report_id"]]][case.visit].append(said)
    parted = [f"{visit} parted: {list(its.values())}" for visit, its in of_visit.items() if len(its) > 1]
    return parted + [f"{', '.join(its)} mixed: {list(its.values())}" for its in of_group.values() if len(its) > 1]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--misses", action="store_true")
    asked.add_argument("--seed", type=int, default=1, help="the order in which the reports arrive")
    options = asked.parse_args()
    gold = cases()
    random.Random(options.seed).shuffle(gold)
    groups = grouped(gold)
    found = measure(gold, groups)
    lines = [
        f"{found.reports} reports of {found.visits} visits: B-cubed precision {found.precision:.3f}, recall {found.recall:.3f}"
    ]
    lines += misses(gold, groups) if options.misses else []
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
