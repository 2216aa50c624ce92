"""How long do `coverage` and `silences` take over a large archive? The issue asks for one second over 500 sources × 365 days.

    python tests/benchmarks/coverage.py [--sources 500] [--days 365] [--runs 24] [--articles 2] [--rounds 3]

An invented archive is filled with as many runs and articles a day; one source in ten fell silent in the last weeks, one in
ten lost its bylines, one in twenty is refused by robots.txt. Wall seconds, best of the rounds, each view read to its last row.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1])]

from warehouse import Catalogue, open_catalogue  # noqa: E402

FILL = """
CREATE TEMP TABLE n AS
SELECT s, 'xyz_paper_' || s AS source, d FROM range({sources}) AS _(s), range({days}) AS __(d);
INSERT INTO sources (source, title, country, language, is_verified, timezone, fetches, expect_least, expect_most)
SELECT DISTINCT source, source, 'MLI', 'fr', true, ['Africa/Bamako', 'Europe/Paris', 'America/Bogota'][s % 3 + 1], 'all',
    CASE WHEN s % 2 = 0 THEN 5 END, CASE WHEN s % 2 = 0 THEN 900 END FROM n;
INSERT INTO runs (run_id, kind, started_at, ended_at, state)
SELECT 'r' || d || '-' || k, 'ingest', t, t + INTERVAL 1 MINUTE, 'done'
FROM (SELECT d, k, TIMESTAMPTZ '2025-01-01 00:00:00+00' + to_minutes(d * 1440 + CAST(k * 1440 / {runs} AS BIGINT)) AS t FROM range({days}) AS _(d), range({runs}) AS __(k));
INSERT INTO run_sources (run_id, source, day, listed, new, fetched, read, visits, rejects, state)
SELECT 'r' || d || '-' || k, source, DATE '2025-01-01' + CAST(d AS INTEGER), 20, 1, 1, 1, 0, 0, CASE WHEN s % 20 = 7 THEN 'failed' ELSE 'done' END
FROM range({runs}) AS _(k), n;
INSERT INTO fetches (fetch_id, run_id, source, url, kind, asked_at, outcome, day)
SELECT source || '-' || d || '-' || k, 'r' || d || '-0', source, 'https://a.example/rss', 'feed', TIMESTAMPTZ '2025-01-01 00:00:00+00' + to_days(CAST(d AS INTEGER)),
    CASE WHEN s % 20 = 7 THEN 'robots_disallowed' ELSE 'ok' END, DATE '2025-01-01' + CAST(d AS INTEGER)
FROM range({articles} + 1) AS _(k), n;
CREATE TEMP TABLE a AS
SELECT source || '-' || d || '-' || k AS id, source, s, d, DATE '2025-01-01' + CAST(d AS INTEGER) AS day
FROM range({articles}) AS _(k), n
WHERE s % 20 <> 7 AND NOT (s % 10 = 3 AND d > {days} - 20);
INSERT INTO articles (article_id, url, source, first_captured_at, last_captured_at, current_revision_id)
SELECT id, 'https://a.example/' || id, source, day, day, 'r' || id FROM a;
INSERT INTO article_revisions (revision_id, article_id, content_digest, text_digest, first_captured_at, last_captured_at, headline, byline, published_on, language, body, section, is_visit)
SELECT 'r' || id, id, 'd', 't', day, day, 'Arrivée du ministre', CASE WHEN s % 10 = 4 AND d > {days} - 15 THEN [] ELSE ['Awa Traoré-Sidibé'] END, day, 'fr', repeat('Le texte. ', 100 + CAST(d % 7 AS INTEGER)), 'Diplomatie', d % 9 = 0
FROM a;
"""


def fill(catalogue: Catalogue, **sizes: int) -> None:
    """Writes the invented archive straight into the tables."""
    catalogue.connection.execute(FILL.format(**sizes))


def seconds_of(catalogue: Catalogue, view: str, rounds: int) -> tuple[float, int]:
    """Best wall seconds, and the view's rows."""
    best, rows = float("inf"), 0
    for _ in range(rounds):
        began = time.perf_counter()
        rows = catalogue.connection.execute(f"FROM {view}").to_arrow_table().num_rows
        best = min(best, time.perf_counter() - began)
    return best, rows


def main() -> None:
    """Prints what was filled and what each view took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("sources", 500), ("days", 365), ("runs", 24), ("articles", 2), ("rounds", 3)):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = vars(parser.parse_args())
    rounds = given.pop("rounds")
    with tempfile.TemporaryDirectory() as folder, open_catalogue(Path(folder) / "catalogue.duckdb") as catalogue:
        fill(catalogue, **given)
        [(lines, articles)] = catalogue.connection.execute(
            "SELECT (SELECT count(*) FROM run_sources), (SELECT count(*) FROM articles)"
        ).fetchall()
        sys.stdout.write(
            f"{given['sources']} sources × {given['days']} days: {lines:,} lines of runs, {articles:,} articles\n"
        )
        total = 0.0
        for view in ("coverage", "silences"):
            best, rows = seconds_of(catalogue, view, rounds)
            total += best
            sys.stdout.write(f"{view:10} {best:6.2f} s  {rows:,} rows\n")
        sys.stdout.write(f"{'both':10} {total:6.2f} s\n")


if __name__ == "__main__":
    main()
