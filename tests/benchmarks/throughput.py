"""The whole road at full speed: articles a second from a loopback server to the published file, and beside a plain script.

    python tests/benchmarks/throughput.py [--pages 5000] [--sources 10] [--kilobytes 100] [--jobs 2] [--peer]

A newsroom's day is printed on large pages, no two alike and as heavy in markup as real ones (`press_pages.py`), and served by a
process of its own on the same cores, from files that were written before; manners are off. Every fourth page tells a visit (the invented French articles
under tests/gold/visits, each with paragraphs of general news behind it), the others are general news; both have about 400 words. The run is the real flow; Prefect's start is told apart. `--peer` runs
beside it a script of trafilatura (fast), a thread pool and DuckDB's executemany on the same pages (bodies only).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from general_news import article_of_day  # noqa: E402
from loopback import Answer, serving  # noqa: E402
from press_pages import page_of  # noqa: E402
from visits import article_of, own_gold  # noqa: E402

SOURCE = """title = "Paper {n}"
country = "MLI"
language = "fr"
kind = "newspaper"
home = "http://{host}/"
verified = true
is_sample = true
[discover]
fetch = "all"
feeds = ["http://{host}/feed.json"]
[manners]
delay_seconds = 0
"""
_EACH = 4
"""One page in so many tells a visit."""
_WORDS = 400
"""Of an article that tells a visit, at least."""


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked: so many pages of so many papers, of so many bytes."""

    pages: int
    sources: int
    size: int

    def host(self, n: int) -> str:
        return f"paper-{n % self.sources}.example"


def visit_articles() -> list[tuple[str, list[str]]]:
    """Headline and paragraphs of the invented French gold that tells a visit."""
    found = []
    for row, path in own_gold():
        if not row["is_visit"] or row["language"] != "fr":
            continue
        article = article_of(row, path)
        parts = [part for part in article.body.split("\n\n") if part.strip()]
        found.append((article.headline or row["id"], parts))
    return found


def article(n: int, visits: Sequence[tuple[str, list[str]]]) -> tuple[str, list[str]]:
    """Headline and paragraphs of the n-th page."""
    if n % _EACH:
        return article_of_day(n)
    headline, parts = visits[n // _EACH % len(visits)]
    parts = list(parts)
    for more in article_of_day(n)[1]:
        if sum(len(part.split()) for part in parts) >= _WORDS:
            break
        parts.append(more)
    return headline, parts


def papers(load: Load, folder: Path) -> Answer:
    """Feeds and pages of all papers, the pages from files that are written here."""
    texts = visit_articles()
    folder.mkdir()
    for n in range(load.pages):
        (folder / str(n)).write_bytes(page_of(n, *article(n, texts), load.size))

    def feed(host: str) -> bytes:
        mine = [n for n in range(load.pages) if load.host(n) == host]
        items = [{"id": str(n), "url": f"http://{host}/a/{n}", "title": f"{article(n, texts)[0]} ({n})"} for n in mine]
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": host, "items": items}).encode()

    def answer(host: str, path: str) -> tuple[str, bytes] | None:
        if path == "/feed.json":
            return "application/feed+json", feed(host)
        return ("text/html; charset=utf-8", (folder / path[3:]).read_bytes()) if path.startswith("/a/") else None

    return answer


def flow(load: Load, port: int, folder: Path, jobs: int) -> dict[str, float]:
    """The real flow, then the publication: seconds and articles."""
    import warehouse
    from flows.desk import Order, prepare_archive
    from flows.prefect_server import temporary_server
    from flows.quiet import settle_prefect
    from flows.settings import Limits, Settings

    sources = folder / "sources"
    sources.mkdir(parents=True)
    for n in range(load.sources):
        (sources / f"paper_{n}.toml").write_text(SOURCE.format(n=n, host=load.host(n)), encoding="utf-8")
    limits = replace(Limits(), delay_seconds=0, requests_per_host=4, requests_at_once=40, retries=0, jobs=jobs)
    settings = Settings(
        archive=folder / "archive",
        sources=(sources,),
        packaged_sources=False,
        newsroom=f"127.0.0.1:{port}",
        limits=limits,
    )
    prepare_archive(settings)
    began = time.monotonic()
    with temporary_server(settle_prefect(settings.archive, log_level="CRITICAL")) as server:
        from prefect.settings import PREFECT_API_URL, temporary_settings

        from flows.ingest import Errand, run_once

        with temporary_settings({PREFECT_API_URL: server.wait()}):
            spent, started = cpu_seconds(), time.monotonic()
            report = asyncio.run(run_once(Order(), Errand(settings, tell=lambda line: None)))
            ingested, held = time.monotonic(), resident()
            warehouse.publish(settings.catalogue, settings.published)
            ended, spent_then = time.monotonic(), cpu_seconds()  # before Prefect's server ends, which is no reader
    own, readers = (1000 * (after - before) / load.pages for before, after in zip(spent, spent_then, strict=True))
    articles_new = report.counts["articles_new"]
    if articles_new != load.pages:
        raise SystemExit(f"{articles_new} articles of {load.pages} pages: {report.summary}")
    return {
        "articles": articles_new, "reports": report.counts["reports"], "start s": started - began, "ingest s": ingested - started,
        "publish s": ended - ingested, "CPU ms an article: flow": own, "readers": readers,
        "articles/s": articles_new / (ended - started), "flow MB before publishing": held,
    }  # fmt: skip


def peer(load: Load, port: int, folder: Path) -> tuple[float, float]:
    """Articles a second of the plain script, and its CPU milliseconds an article."""
    import duckdb
    import httpx
    import trafilatura

    client = httpx.Client(limits=httpx.Limits(max_connections=16), timeout=60)

    def one(n: int) -> tuple[str, str | None]:
        page = client.get(f"http://127.0.0.1:{port}/a/{n}", headers={"Host": load.host(n)}).content
        return f"http://{load.host(n)}/a/{n}", trafilatura.extract(page, fast=True)

    began, spent = time.monotonic(), time.process_time()
    with duckdb.connect(str(folder / "peer.duckdb")) as connection, ThreadPoolExecutor(16) as pool:
        connection.execute("CREATE TABLE articles (url VARCHAR PRIMARY KEY, body VARCHAR)")
        for start in range(0, load.pages, 200):
            rows = list(pool.map(one, range(start, min(start + 200, load.pages))))
            connection.executemany("INSERT INTO articles VALUES (?, ?)", rows)
    return load.pages / (time.monotonic() - began), 1000 * (time.process_time() - spent) / load.pages


def cpu_seconds() -> tuple[float, float]:
    """CPU seconds of this process and of its ended workers so far."""
    told = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    own, children = (usage.ru_utime + usage.ru_stime for usage in told)
    return own, children


def resident(who: int = resource.RUSAGE_SELF) -> float:
    """Peak resident memory so far, in MB."""
    return resource.getrusage(who).ru_maxrss / 1024


def memory() -> Iterator[str]:
    """The same in words, of this process and of its largest child: a reader, or Prefect's server."""
    for name, who in (("this process", resource.RUSAGE_SELF), ("the largest child", resource.RUSAGE_CHILDREN)):
        yield f"{name} {resident(who):.0f} MB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pages", type=int, default=5_000)
    parser.add_argument("--sources", type=int, default=10)
    parser.add_argument("--kilobytes", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--peer", action="store_true")
    chosen = parser.parse_args()
    load = Load(chosen.pages, chosen.sources, chosen.kilobytes * 1000)
    with tempfile.TemporaryDirectory() as place, serving(papers, load, Path(place) / "pages") as port:
        figures = flow(load, port, Path(place) / "chancery", chosen.jobs)
        sys.stdout.write(", ".join(f"{name} {value:.1f}" for name, value in figures.items()) + "\n")
        sys.stdout.write("peak memory: " + ", ".join(memory()) + "\n")
        if chosen.peer:
            rate, cpu = peer(load, port, Path(place))
            times = figures["articles/s"] / rate
            sys.stdout.write(f"trafilatura script {rate:.1f} articles/s, {cpu:.1f} CPU ms an article: {times:.1f}x\n")


if __name__ == "__main__":
    main()
