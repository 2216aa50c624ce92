"""How long do a million reports take to become visits, and a day's batch of 500 into them?

    python tests/benchmarks/resolve.py [--reports 1000000] [--batch 500] [--publish]

An invented archive of ten years: visits of 120 states to each other, some pairs a thousand times more often than others, four reports each on average, in
several spellings, a tenth title-only, a tenth announced months before, a twentieth put off. Prints seconds, memory and the visits found; with
--publish the analysts' file is built too, and once more a day later while another process asks it, and the main views are asked.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

import pyarrow as pa

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1])]

from extractors import load_states  # noqa: E402
from warehouse import Catalogue, open_catalogue, publish, run_query  # noqa: E402

FIRST, DAYS = date(2016, 1, 1), 3650
OFFICES = (
    ["minister"] * 8
    + ["foreign_minister"] * 5
    + ["head_of_state"] * 3
    + ["head_of_government"] * 2
    + ["special_envoy", "deputy_minister", "military"]
)
TITLES = [
    "ministre de l'Energie",
    "ministre du Commerce",
    "ministre de la Santé",
    "ministre de la Défense",
    "ministre des Transports",
    "ministre de l'Agriculture",
]
SYLLABLES = [
    "ba",
    "ka",
    "mi",
    "lo",
    "ra",
    "sou",
    "di",
    "na",
    "for",
    "ti",
    "ma",
    "de",
    "li",
    "ver",
    "cha",
    "no",
    "ri",
    "sa",
    "tou",
]
VIEWS = (
    "visits",
    "coded_visits",
    "dyad_year",
    "dyad_month",
    "colt",
    "plover_events",
    "joint_commissions",
    "tours",
    "visit_answers",
)


class Press:
    """Invented visits and the reports of them: the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.states = [state["iso3"] for state in load_states() if not state["sovereign"]][:120]
        pairs = [(a, b) for a in self.states for b in self.states if a != b]
        self.chance.shuffle(pairs)
        self.pairs, self.weights = pairs, list(accumulate(1 / (n + 40) for n in range(len(pairs))))
        self.count = 0

    def name(self, country: str, office: str, year: int) -> str:
        """Who held the office that year: a word or two of syllables."""
        of = random.Random(f"{country}{office}{year // 3}")
        return " ".join("".join(of.choices(SYLLABLES, k=3)).capitalize() for _ in range(2))

    def visit(self, first: date, days: int) -> Iterator[dict[str, Any]]:
        """The reports of one visit that begins within so many days."""
        chance = self.chance
        visitor, host = chance.choices(self.pairs, cum_weights=self.weights)[0]
        office, start = chance.choice(OFFICES), first + timedelta(days=chance.randrange(days))
        number = chance.randrange(len(TITLES))
        name = self.name(visitor, f"{office}{number if office == 'minister' else ''}", start.year)
        was_put_off = chance.random() < 0.05
        for n in range(chance.choice((1, 2, 3, 4, 4, 5, 9))):
            status = chance.choice(("announced", "under_way", "concluded"))
            told = start + timedelta(
                days={
                    "announced": -chance.randrange(1, 20),
                    "under_way": chance.randrange(2),
                    "concluded": chance.randrange(1, 5),
                }[status]
            )
            day: date | None = start if chance.random() < 0.8 else None
            if was_put_off and n == 0:
                status, told, day = "postponed", start - timedelta(days=30), start - timedelta(days=25)
            yield self.report(
                visitor, host, office, name, TITLES[number] if office == "minister" else None, status, told, day
            )

    def report(
        self,
        visitor: str,
        host: str,
        office: str,
        name: str,
        title: str | None,
        status: str,
        told: date,
        day: date | None,
    ) -> dict[str, Any]:
        self.count += 1
        chance, id = self.chance, f"{self.count:012x}"
        printed = chance.choice((name, name, name.split()[-1], name.replace("ou", "u"), None))
        return {
            "report_id": f"r{id}", "revision_id": f"v{id}", "article_id": f"a{id}", "ordinal": 1, "visitor_country": visitor, "host_country": host,
            "visitor_name": printed, "visitor_office": office, "visitor_title_text": title, "kind": "working", "occasion": "bilateral", "status": status,
            "salience": "main", "qualifies": True, "start_on": day, "start_on_value": day and day.isoformat(), "start_on_precision": "day" if day else "unknown",
            "start_on_basis": "stated" if day else "none", "end_on_precision": "unknown", "end_on_basis": "none", "confidence": 0.8, "published_on": told,
            "source": f"s{chance.randrange(40)}",
        }  # fmt: skip


def load(catalogue: Catalogue, reports: list[dict[str, Any]]) -> None:
    """Into the tables as a run would bring them, without the pages."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    rows = pa.Table.from_pylist(reports)
    connection = catalogue.connection
    connection.register("made", rows)
    connection.execute("BEGIN")
    connection.execute(
        "INSERT INTO articles BY NAME SELECT article_id, 'https://p.example/' || article_id AS url, source, revision_id AS current_revision_id, $at AS first_captured_at, $at AS last_captured_at, true AS is_sample FROM made",
        {"at": at},
    )
    connection.execute(
        "INSERT INTO article_revisions BY NAME SELECT revision_id, article_id, revision_id AS content_digest, revision_id AS text_digest, published_on, 'Titre' AS headline, 'fr' AS language, true AS is_visit, false AS is_truncated, $at AS first_captured_at, $at AS last_captured_at FROM made",
        {"at": at},
    )
    connection.execute("INSERT INTO reports BY NAME SELECT * EXCLUDE (published_on, source) FROM made")
    connection.execute(
        "INSERT INTO unresolved_dyads SELECT DISTINCT visitor_country, host_country, false FROM made ON CONFLICT DO NOTHING"
    )
    connection.execute("COMMIT")
    connection.unregister("made")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--batch", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--publish", action="store_true")
    parser.add_argument("--folder", type=Path, help="where the archive is kept; a temporary folder, else")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        measure(asked, asked.folder or Path(temporary))


def measure(asked: argparse.Namespace, folder: Path) -> None:
    press, path = Press(asked.seed), folder / "catalogue.duckdb"
    with open_catalogue(path) as catalogue:
        catalogue.connection.execute("SET threads = 2")
        while press.count < asked.reports:
            batch: list[dict[str, Any]] = []
            while len(batch) < 100_000 and press.count < asked.reports:
                batch.extend(press.visit(FIRST, DAYS))
            load(catalogue, batch)
        _say("loaded", f"{press.count:,} reports")
        clock = Clock()
        visits = catalogue.resolve()
        _say("resolved", f"{visits:,} visits in {clock}, at most {_megabytes():,} MB of memory")
        for day in range(3):
            _add_day(catalogue, press, day, asked.batch)
    if asked.publish:
        clock = Clock()
        report = publish(path, folder / "chancery.duckdb", states=load_states())
        _say("published, all texts sketched for the first time", f"in {clock}")
        with open_catalogue(path) as catalogue:
            _add_day(catalogue, press, 3, asked.batch)
        asker = subprocess.Popen(
            [sys.executable, "-c", ASKER, str(report.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        clock = Clock()
        report = publish(path, report.path, states=load_states())
        _say("published the next day", f"in {clock}, {report.path.stat().st_size / 1e6:,.0f} MB")
        _say("another process asked the old file meanwhile", asker.communicate()[0].decode().strip())
        for view in VIEWS:
            clock = Clock()
            [(count,)] = run_query(report.path, f"SELECT count(*) FROM (FROM {view})").rows
            run_query(report.path, f"SELECT * FROM {view} LIMIT 1000")
            _say(view, f"{count:,} rows in {clock}")


ASKER = """
import sys, threading, time
import duckdb
ended, seconds = threading.Event(), []
threading.Thread(target=lambda: (sys.stdin.read(), ended.set())).start()
connection = duckdb.connect(sys.argv[1], read_only=True)
while not ended.is_set():
    began = time.monotonic()
    connection.execute("SELECT visitor_country, count(*) FROM visits GROUP BY ALL").fetchall()
    seconds.append(time.monotonic() - began)
    ended.wait(0.2)
print(f"{len(seconds)} times, {max(seconds):.2f} s at most")
"""
"""Asks five times a second until its standard input ends."""


def _add_day(catalogue: Catalogue, press: Press, day: int, count: int) -> None:
    batch: list[dict[str, Any]] = []
    while len(batch) < count:
        batch.extend(press.visit(FIRST + timedelta(days=DAYS + day), 1))
    load(catalogue, batch)
    clock = Clock()
    visits = catalogue.resolve()
    _say("a day's batch", f"{len(batch)} reports, {visits:,} visits in {clock}")


class Clock:
    """Seconds since it was made, by the wall and of processor time: on a machine that others use only the second tells."""

    def __init__(self) -> None:
        self.wall, self.processor = time.monotonic(), time.process_time()

    def __str__(self) -> str:
        return f"{time.monotonic() - self.wall:.1f} s ({time.process_time() - self.processor:.1f} s of processor time)"


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _say(what: str, told: str) -> None:
    sys.stdout.write(f"{what}: {told}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
