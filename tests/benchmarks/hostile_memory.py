"""What a hostile source costs in memory: the same run with and without it, each in a process of its own.

    python tests/benchmarks/hostile_memory.py [--entries 20000] [--pages 40]

The hostile paper has a feed of so many entries beside other feeds that are bombs and floods, a robots.txt and a TDM file of
50 MB on hosts of its own, and pages that are bombs, floods and endless headers; the healthy paper has plain pages. Printed is the
peak of resident memory of the run and of its largest worker, and the growth; it exits with 1 above 150 MB of growth or 500 MB.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "flows"), str(HERE.parents[1])]

MOST_GROWTH, MOST = 150.0, 500.0
"""Megabytes."""
_SOURCE = """title = "{name}"
country = "MLI"
language = "fr"
kind = "newspaper"
home = "http://{name}/"
verified = true
is_sample = true
[discover]
fetch = "all"
feeds = {feeds}
[manners]
delay_seconds = 0
"""


def hostile_pages(entries: int, pages: int) -> dict[tuple[str, str], object]:
    """Answers by host and path."""
    from hostile import FEEDS, PAGES, SITES, whole

    names = [
        "gzip bomb of 300 MB", "deflate bomb", "huge body", "endless headers", "one header of 1 MB", "200 cookies", "gzip in gzip",
        "charset of 10 KB", "redirect to 100,000 letters", "half a chunk",
    ]  # fmt: skip
    given: dict[tuple[str, str], object] = {
        ("hostile.example", f"/{n}"): PAGES[names[n % len(names)]][0] for n in range(pages)
    }
    item = b"<item><title>Visite officielle a Bamako %d</title><link>http://hostile.example/%d</link></item>"
    items = b"".join(item % (n, n) for n in range(entries))
    given["hostile.example", "/feed"] = whole(
        b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>' + items + b"</channel></rss>"
    )
    for n, name in enumerate(
        ("billion laughs", "external entity", "nested 100,000 deep", "sitemap gzip bomb", "feed of one 5 MB title")
    ):
        given["hostile.example", f"/feed{n}"] = whole(FEEDS[name])
    given["hostile.example", "/feed5"] = PAGES["gzip bomb of 300 MB"][0]
    for host, name in (("rules.example", "robots.txt of 50 MB"), ("tdm.example", "TDM file of 50 MB")):
        given |= {(host, path): page for path, page in SITES[name][0].items()}
        given[host, "/feed"] = whole(gzip.compress(b"no feed"))
    return given


def run(archive: Path, port: int, papers: list[str]) -> None:
    """One run; prints its peak memory and what became of each paper."""
    from archives import QUICK

    from flows.desk import Order
    from flows.run import run_ingest
    from flows.settings import Settings

    sources = archive.parent / f"{archive.name}-sources"
    sources.mkdir()
    for name in papers:
        feeds = [
            f"http://{name}/feed",
            *([f"http://{name}/feed{n}" for n in range(6)] if name == "hostile.example" else []),
        ]
        text = _SOURCE.format(name=name, feeds=json.dumps(feeds))
        (sources / f"mli_{name.partition('.')[0]}.toml").write_text(text, encoding="utf-8")
    limits = replace(QUICK, request_seconds=20, batch_pages=20)
    settings = Settings(
        archive=archive, sources=(sources,), packaged_sources=False, newsroom=f"127.0.0.1:{port}", limits=limits
    )
    report = asyncio.run(run_ingest(settings, Order(limit=200)))
    told = {one.source: {"read": one.read, "rejects": one.rejects, "state": one.state} for one in report.sources}
    peaks = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    sys.stdout.write(json.dumps({"run": round(peaks[0]), "worker": round(peaks[1]), "papers": told}) + "\n")


def measure(entries: int, pages: int) -> tuple[dict[str, object], dict[str, object]]:
    """(without the hostile papers, with them)."""
    from conftest import Site, _Handler, _Server
    from guests import story
    from hostile import whole

    healthy = ["healthy.example"]
    with _Server(("127.0.0.1", 0), _Handler) as server, tempfile.TemporaryDirectory() as place:
        server.site = Site(port=server.server_address[1], pages=hostile_pages(entries, pages))
        links = "".join(
            f"<item><title>Visite officielle a Bamako {n}</title><link>http://healthy.example/{n}</link></item>"
            for n in range(40)
        )
        feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{links}</channel></rss>'
        server.site.pages["healthy.example", "/feed"] = whole(feed.encode())
        server.site.pages |= {
            ("healthy.example", f"/{n}"): whole(story(f"/{n}").encode() + b" " * 100_000, "Content-Type: text/html")
            for n in range(40)
        }
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        found = []
        for name, papers in (
            ("without", healthy),
            ("with", [*healthy, "hostile.example", "rules.example", "tdm.example"]),
        ):
            words = [sys.executable, __file__, "--run", f"{place}/{name}", "--port", str(server.site.port), *papers]
            done = subprocess.run(words, capture_output=True, text=True, timeout=900, check=False)
            if done.returncode:
                raise SystemExit(done.stderr[-3000:])
            found.append(json.loads(done.stdout.splitlines()[-1]))
        server.shutdown()
        thread.join(timeout=5)
    return found[0], found[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--run", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("papers", nargs="*")
    chosen = parser.parse_args()
    if chosen.run:
        run(chosen.run, chosen.port, chosen.papers)
        return
    without, attacked = measure(chosen.entries, chosen.pages)
    growth = float(str(attacked["run"])) - float(str(without["run"]))
    most = max(float(str(one[who])) for one in (without, attacked) for who in ("run", "worker"))
    sys.stdout.write(
        f"without: {without}\nwith:    {attacked}\ngrowth of the run {growth:.0f} MB, largest process {most:.0f} MB\n"
    )
    if growth > MOST_GROWTH or most > MOST:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
