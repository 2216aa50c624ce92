"""Writes warehouse/accuracy.csv: how well each field is read, by language, with intervals, for the table `accuracy` of published files.

    python tests/benchmarks/accuracy.py [--on 2026-11-26]

The repo's own gold articles (invented; both parts together, and the part that is never looked at while rules are written).
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator
from datetime import date
from math import sqrt
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from visit_scores import score  # noqa: E402
from visits import own_gold, read_one, rows_of  # noqa: E402

from extractors import coder_version  # noqa: E402
from warehouse.describing import ACCURACY  # noqa: E402

COLUMNS = ("gold", "language", "field", "measure", "value", "low", "high", "n", "coder_version", "measured_on")
NAMES = {
    "article decision": "article",
    "visit events": "visit",
    "committee": "committee_name",
    "session_number": "committee_session_number",
    "previous_session": "committee_previous_place",
}


def interval(right: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    if not n:
        return 0.0, 1.0
    p = right / n
    middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n))


def rows(gold: str, part: str | None, day: str) -> Iterator[dict[str, Any]]:
    """Rows of the table for one set of articles."""
    read = [(record, read_one(record, path)) for record, path in own_gold(part=part)]
    for language in ("all", *sorted({record["language"] for record, _ in read})):
        its = [pair for pair in read if language in ("all", pair[0]["language"])]
        for label, counts in rows_of(score(its)):
            for measure, n in (("precision", counts.right + counts.wrong), ("recall", counts.right + counts.missing)):
                if n:
                    low, high = interval(counts.right, n)
                    yield {
                        "gold": gold, "language": language, "field": NAMES.get(label, label), "measure": measure, "value": round(counts.right / n, 4),
                        "low": round(low, 4), "high": round(high, 4), "n": n, "coder_version": coder_version(), "measured_on": day,
                    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--on", default=date.today().isoformat(), help="the day that the table tells")
    day = parser.parse_args().on
    found = [*rows("invented", None, day), *rows("invented, kept", "kept", day)]
    with ACCURACY.open("w", encoding="utf-8", newline="") as stream:
        out = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        out.writeheader()
        out.writerows(found)
    sys.stdout.write(f"{len(found)} rows written to {ACCURACY.name}\n")


if __name__ == "__main__":
    main()
