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
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import httpx

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

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


def serve(entries: int, latency: float, told: Connection) -> None:
    """Answers every host until it is ended; tells its port, and what it counted to whoever asks for /most."""
    asked: Counter[str] = Counter()

    def body_of(host: str, path: str) -> str:
        if path == "/robots.txt":
            return "User-agent: *\nDisallow: /private"
        if path == "/feed":
            links = "".join(f"<item><title>Le conseil se réunit {n}</title><link>http://{host}/a/{n}</link></item>" for n in range(entries))
            return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{host}</title>{links}</channel></rss>'
        return PAGE.format(path=host + path) if path.startswith("/a/") else ""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode("latin-1").split("\r\n")
                host = next(line[6:].strip() for line in lines if line.lower().startswith("host: "))
                path = lines[0].split(" ")[1]
                asked[host] += 1
                body = (str(max(asked.values())) if path == "/most" else body_of(host, path)).encode()
                await asyncio.sleep(latency)
                status = "200 OK" if body else "404 Not Found"
                writer.write(f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=1024)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


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
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    server = context.Process(target=serve, args=(chosen.entries, chosen.latency, there), daemon=True)
    server.start()
    try:
        if not here.poll(60):
            raise SystemExit("the server did not come up")
        with tempfile.TemporaryDirectory() as place:
            figures = flow(chosen.sources, chosen.entries, chosen.delay, here.recv(), Path(place))
        sys.stdout.write(", ".join(f"{name} {value:.1f}" for name, value in figures.items()) + "\n")
    finally:
        server.terminate()
        server.join(timeout=10)


if __name__ == "__main__":
    main()
