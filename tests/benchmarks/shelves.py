"""How fast the shelves are checked and the catalogue is made anew from them.

    python tests/benchmarks/shelves.py [--captures 20000] [--kilobytes 100] [--jobs 2] [--rebuild] [--keep FOLDER]

Makes so many captures of invented, text-like pages, no two alike, and prints megabytes a second, in unpacked bytes (what is
digested) and in bytes of the files. With --rebuild as many pages as replay.py reads, a quarter of them with a visit, are read into a
new catalogue.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from replay import shelve  # noqa: E402

from flows.rebuilding import rebuild_catalogue  # noqa: E402
from flows.settings import Limits, Settings  # noqa: E402
from flows.shelves import Stocktaking, check_shelves  # noqa: E402
from warehouse import Stacks, open_catalogue  # noqa: E402

AT = datetime(2026, 3, 1, tzinfo=UTC)
SYLLABLES = ("ba", "ko", "ma", "lé", "tin", "sou", "ré", "da", "gao", "ni", "ter", "vou", "zi", "qua", "pren", "mo")


def words(chance: random.Random, count: int) -> Iterator[str]:
    """Invented words, the frequent ones often, as in a language."""
    known = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(4_000)]
    yield from chance.choices(known, weights=[1 / n for n in range(1, len(known) + 1)], k=count)


def bodies(count: int, size: int) -> Iterator[bytes]:
    """Pages of about so many bytes, no two alike."""
    chance = random.Random(6)
    text = " ".join(words(chance, 400_000)).encode()
    for n in range(count):
        start = chance.randrange(len(text) - size)
        yield (
            f'<html lang="fr"><title>Page {n}</title><div class="menu">{"<li>" * 200}</div><p>'.encode()
            + text[start : start + size]
        )


def fill(archive: Path, count: int, size: int, roll_bytes: int) -> None:
    """The shelves and their index."""
    with (
        Stacks(archive / "shelves", roll_bytes=roll_bytes) as stacks,
        open_catalogue(archive / "catalogue.duckdb") as catalogue,
    ):
        rows = []
        for n, body in enumerate(bodies(count, size)):
            url, at = f"https://paper-{n % 10}.example/a/{n}", AT + timedelta(seconds=n)
            mark = stacks.put(
                url=url,
                final_url=url,
                status=200,
                headers=(("Content-Type", "text/html"),),
                body=body,
                captured_at=at,
                source="mli_x",
            )
            rows.append(
                {
                    "url": url,
                    "final_url": url,
                    "source": "mli_x",
                    "kind": "page",
                    "captured_at": at,
                    "status": 200,
                    "digest": stacks.get(mark).digest,
                    "shelf_file": mark.file,
                    "shelf_offset": mark.offset,
                    "shelf_length": mark.length,
                    "charset": None,
                    "run_id": None,
                }
            )
            if len(rows) == 1_000:
                catalogue.load({"captures": rows})
                rows = []
        catalogue.load({"captures": rows})


def check(settings: Settings) -> str:
    """One stocktaking, told in a line."""
    total, began, spent = Stocktaking(), time.monotonic(), cpu_seconds()
    findings = list(check_shelves(settings, total))
    seconds, spent = time.monotonic() - began, cpu_seconds() - spent
    if findings:
        raise SystemExit(f"{len(findings)} findings where nothing is wrong, first {findings[0]}")
    unpacked, packed = total.payload_bytes / 1e6, total.bytes / 1e6
    return (
        f"check, jobs {settings.limits.jobs}: {total.captures} captures, {unpacked:.0f} MB unpacked ({packed:.0f} MB packed) in "
        f"{seconds:.1f} s: {unpacked / seconds:.0f} MB/s unpacked, {packed / seconds:.0f} MB/s packed; "
        f"{unpacked / spent:.0f} MB unpacked a CPU second"
    )


def cpu_seconds() -> float:
    """Of this process and its workers that came to their end."""
    return sum(resource.getrusage(who)[n] for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN) for n in (0, 1))


def rebuild(settings: Settings) -> str:
    """One catalogue made anew, told in a line; a quarter of the pages tells a visit."""
    began, spent = time.monotonic(), cpu_seconds()
    report = rebuild_catalogue(settings, tell=lambda line: None)
    seconds, spent = time.monotonic() - began, cpu_seconds() - spent
    return (
        f"rebuild, jobs {settings.limits.jobs}: {report.captures} captures, {report.reports} reports in {seconds:.0f} s: "
        f"{report.captures / seconds:.0f} a second; {report.captures / spent:.0f} a CPU second"
    )


def memory() -> str:
    """Peak resident memory."""
    own, child = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return f"peak memory: this process {own:.0f} MB, the largest worker {child:.0f} MB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--captures", type=int, default=20_000)
    parser.add_argument("--kilobytes", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--roll-megabytes", type=int, default=100)
    parser.add_argument("--rebuild", action="store_true", help="make the catalogue anew as well")
    parser.add_argument("--keep", type=Path, help="make the archive here, or use the one that is there")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        archive = chosen.keep or Path(place)
        if not (archive / "catalogue.duckdb").exists():
            fill(archive, chosen.captures, chosen.kilobytes * 1000, chosen.roll_megabytes * 1_000_000)
        settings = Settings(archive=archive, limits=replace(Limits(), jobs=chosen.jobs))
        sys.stdout.write(check(settings) + "\n" + memory() + "\n")
    if chosen.rebuild:
        with tempfile.TemporaryDirectory() as place:
            settings = Settings(archive=Path(place), packaged_sources=False, limits=replace(Limits(), jobs=chosen.jobs))
            shelve(settings, chosen.captures, chosen.kilobytes * 1000)
            sys.stdout.write(rebuild(settings) + "\n" + memory() + "\n")


if __name__ == "__main__":
    main()
