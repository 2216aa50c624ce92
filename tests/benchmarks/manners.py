"""Many sources due at once, manners on: is a run bounded by the sites' patience, or by us?

    python tests/benchmarks/manners.py [--sources 500] [--entries 20] [--delay 10] [--latency 0.2]

Each paper has a host of its own, a robots.txt, a feed of so many entries and short pages that answer after so many seconds; the
server is a process of its own on the same cores. Printed is how long the run took beside the time that the longest
queue of any one host must take (a delay between each two of its requests, which the server counts: robots.txt and the
reservation file come before the feed), and how the time of all requests was spent: waiting for the host's turn
(manners), waiting for a free connection (us), and in answers.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from loopback import Answer, serving  # noqa: E402

SOURCE = """title = "Paper {n}"
country = "MLI"
language = "fr"
kind = "newspaper"
home = "http://paper-{n}.example/"
verified = true
is_sample = true
[discover]
fetch = "all"
feeds = ["http://paper-{n}.example/feed"]
"""
PAGE = (
    "<html lang='fr'><head><title>{path}</title></head><body><article><h1>Le conseil se réunit ({path})</h1><p>BAMAKO - Le conseil "
    "municipal s'est réuni lundi. La séance a porté sur les marchés de la ville et sur l'eau.</p></article></body></html>"
)


def papers(entries: int) -> Answer:
    """What every host answers, and what was counted to whoever asks for /most."""
    asked: Counter[str] = Counter()

    def answer(host: str, path: str) -> tuple[str, bytes] | None:
        asked[host] += 1
        body = str(max(asked.values())) if path == "/most" else body_of(host, path)
        return ("text/html; charset=utf-8", body.encode()) if body else None

    def body_of(host: str, path: str) -> str:
        if path == "/robots.txt":
            return "User-agent: *\nDisallow: /private"
        if path == "/feed":
            links = "".join(
                f"<item><title>Le conseil se réunit {n}</title><link>http://{host}/a/{n}</link></item>"
                for n in range(entries)
            )
            return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{host}</title>{links}</channel></rss>'
        return PAGE.format(path=host + path) if path.startswith("/a/") else ""

    return answer


def flow(sources: int, entries: int, delay: float, port: int, folder: Path) -> dict[str, float]:
    """One run of all sources: figures by name."""
    from flows.desk import Order
    from flows.fetch.pacing import Pace
    from flows.run import run_ingest
    from flows.settings import Limits, Settings

    waits: list[Callable[[], tuple[float, float, float]]] = []
    made = Pace.__init__

    def remembered(pace: Pace, **values: object) -> None:
        made(pace, **values)  # type: ignore[arg-type]
        waits.append(lambda: (pace.waited_seconds, pace.queued_seconds, pace.asked_seconds))

    Pace.__init__ = remembered  # type: ignore[method-assign]
    declared = folder / "sources"
    declared.mkdir(parents=True)
    for n in range(sources):
        (declared / f"paper_{n}.toml").write_text(SOURCE.format(n=n), encoding="utf-8")
    settings = Settings(
        archive=folder / "archive", sources=(declared,), packaged_sources=False, newsroom=f"127.0.0.1:{port}",
        limits=replace(Limits(), delay_seconds=delay),
    )  # fmt: skip
    began = time.monotonic()
    report = asyncio.run(run_ingest(settings, Order()))
    seconds = time.monotonic() - began
    if report.counts["articles_new"] != sources * entries:
        raise SystemExit(f"{report.counts} of {sources * entries} pages: {report.summary}")
    requests = int(httpx.get(f"http://127.0.0.1:{port}/most").text)
    [waited, queued, asked] = waits[0]()
    whole = waited + queued + asked
    return {
        "pages": sources * entries, "requests to a host": requests, "run s": seconds, "longest queue of a host s": (requests - 1) * delay,
        "bounded by manners %": 100 * (requests - 1) * delay / seconds, "waiting for the host's turn %": 100 * waited / whole,
        "waiting for us %": 100 * queued / whole, "in answers %": 100 * asked / whole,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sources", type=int, default=500)
    parser.add_argument("--entries", type=int, default=20)
    parser.add_argument("--delay", type=float, default=10.0)
    parser.add_argument("--latency", type=float, default=0.2)
    chosen = parser.parse_args()
    with serving(papers, chosen.entries, latency=chosen.latency) as port, tempfile.TemporaryDirectory() as place:
        figures = flow(chosen.sources, chosen.entries, chosen.delay, port, Path(place))
    sys.stdout.write(", ".join(f"{name} {value:.1f}" for name, value in figures.items()) + "\n")


if __name__ == "__main__":
    main()
