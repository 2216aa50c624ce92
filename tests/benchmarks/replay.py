"""Shelved pages read again: pages a second and memory, from WARC files to readings that wait to be accepted, and accepting them.

    python tests/benchmarks/replay.py [--pages 20000] [--kilobytes 100] [--jobs 2]

The pages that throughput.py serves, no two alike: every fourth tells a visit, the others are general news.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from press_pages import page_of  # noqa: E402
from throughput import article, memory, visit_articles  # noqa: E402

from flows.replaying import ReplayOrder, accept_staged, replay_difference, stage_replay  # noqa: E402
from flows.rows import capture_row  # noqa: E402
from flows.settings import Limits, Settings  # noqa: E402
from warehouse import Stacks, open_catalogue  # noqa: E402

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def shelve(settings: Settings, pages: int, size: int) -> None:
    """Puts the pages on the shelves and into their index, as an ingest does."""
    told = visit_articles()
    with Stacks(settings.shelves) as stacks, open_catalogue(settings.catalogue) as catalogue:
        for start in range(0, pages, 1000):
            rows = []
            for n in range(start, min(start + 1000, pages)):
                url = f"http://paper-{n % 10}.example/a/{n}"
                mark = stacks.put(
                    url=url, final_url=url, status=200, headers=(), body=page_of(n, *article(n, told), size), captured_at=BEGAN + timedelta(seconds=n),
                    source=f"paper_{n % 10}",
                )  # fmt: skip
                rows.append(
                    capture_row(stacks.get(mark), mark, run_id="benchmark", source=f"paper_{n % 10}", kind="page")
                )
            stacks.sync()
            catalogue.load({"captures": rows})


def resident_megabytes() -> int:
    """What this process holds in memory now, by /proc."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() // 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--kilobytes", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        settings = Settings(
            archive=Path(place), packaged_sources=False, limits=replace(Limits(), jobs=chosen.jobs, batch_pages=200)
        )
        shelve(settings, chosen.pages, chosen.kilobytes * 1000)
        held: list[int] = []
        report = stage_replay(settings, ReplayOrder(), tell=print, advance=lambda _: held.append(resident_megabytes()))
        eighths = [held[n * len(held) // 8 - 1] for n in range(1, 9)] if len(held) >= 8 else held
        sys.stdout.write(
            f"{report.pages} pages read in {report.seconds:.1f} s, {report.pages / report.seconds:.1f} pages/s, {report.unread} unread, {report.visits} visits\n"
        )
        sys.stdout.write(f"this process held after each eighth of the pages: {', '.join(map(str, eighths))} MB\n")
        for name, work in (("compared", replay_difference), ("accepted", accept_staged)):
            began = time.monotonic()
            work(settings, tell=print)
            sys.stdout.write(f"{name} in {time.monotonic() - began:.1f} s\n")
        sys.stdout.write("peak memory: " + ", ".join(memory()) + "\n")


if __name__ == "__main__":
    main()
