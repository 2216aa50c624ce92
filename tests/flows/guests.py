"""Sites that count how they are visited, and a clock that lives through days in seconds.

The clock moves only when somebody sleeps and no request is under way, to the earliest moment that anybody waits for: what
the sites write down is the very order and distance in which a run over real days would ask them.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from hostile import whole

from flows.desk import Clock
from flows.fetch import Fetcher
from flows.pool import Outcome

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)


def answer(text="", status="200 OK", **headers):
    """A whole answer; the headers' names with underlines."""
    lines = {
        "Content-Type": "text/html; charset=utf-8",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    return whole(text.encode(), *(f"{name}: {value}" for name, value in lines.items()), status=status)


class SimulatedTime:
    """Seconds since the beginning; sleepers are woken in the order of their time."""

    def __init__(self):
        self.at, self.busy = 0.0, 0
        self._sleepers, self._numbers, self._waker = [], itertools.count(), None

    def now(self):
        return BEGIN + timedelta(seconds=self.at)

    def monotonic(self):
        return self.at

    async def sleep(self, seconds):
        woken = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.at + max(0.0, seconds), next(self._numbers), woken))
        if self._waker is None or self._waker.done():
            self._waker = asyncio.create_task(self._wake())
        await woken

    async def _wake(self):
        while self._sleepers:
            for _ in range(20):  # let whoever was woken go on to its next request or sleep
                await asyncio.sleep(0)
            while self.busy:
                await asyncio.sleep(0.001)
                if not self.busy:
                    await asyncio.sleep(0.002)
            if not self._sleepers:
                return
            at, _, woken = heapq.heappop(self._sleepers)
            self.at = max(self.at, at)
            if not woken.done():
                woken.set_result(None)

    @property
    def clock(self):
        return Clock(self.now, self.monotonic, self.sleep)

    def watch_requests(self, monkeypatch):
        """Time stands still while a request is under way."""
        exchange = Fetcher._exchange

        async def counted(fetcher, question):
            self.busy += 1
            try:
                return await exchange(fetcher, question)
            finally:
                self.busy -= 1

        monkeypatch.setattr(Fetcher, "_exchange", counted)


class HereAndNow:
    """A reading pool without processes: reading is not what these tests look at, and a worker's start costs a second a run."""

    def __init__(self, *, jobs=1, deadline_seconds=20.0):
        self.jobs, self.deadline_seconds = jobs, deadline_seconds

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """Nothing to end."""

    async def read(self, function, value):
        return Outcome(value=function(value))


@dataclass
class Visit:
    """One request as a site saw it."""

    at: float
    host: str
    path: str
    headers: dict
    at_once: int
    status: int = 0


@dataclass
class Host:
    """A site of invented articles that answers as its papers do, and writes down every visit."""

    time: SimulatedTime
    name: str
    stories: int = 6
    every: float = 6 * 3600
    """Seconds between two new stories."""
    feed_headers: dict = field(default_factory=dict)
    feed_extra: str = ""
    robots: str | None = None
    tdm: str | None = None
    refuse: object = None
    """(seconds, path) -> a whole answer in place of the page, or None."""
    visits: list = field(default_factory=list)
    at_once: int = 0

    def install(self, site):
        """Puts every page of three days into the site."""
        paths = [
            "/robots.txt",
            "/.well-known/tdmrep.json",
            "/feed",
            *(f"/a/{n}" for n in range(200)),
            *(f"/private/{n}" for n in range(3)),
        ]
        for path in paths:
            site.pages[self.name, path] = lambda sock, headers, path=path: self._answer(path, headers)

    def _answer(self, path, headers):
        self.at_once += 1
        visit = Visit(self.time.at, self.name, path, headers, self.at_once)
        self.visits.append(visit)
        try:
            whole = self._page(path, headers)
            visit.status = int(whole.split(b" ", 2)[1])
            return whole
        finally:
            self.at_once -= 1

    def _page(self, path, headers):
        if self.refuse and (refused := self.refuse(self.time.at, path)):
            return refused
        if path == "/robots.txt":
            return answer(self.robots) if self.robots else answer(status="404 Not Found")
        if path == "/.well-known/tdmrep.json":
            return answer(self.tdm, Content_Type="application/json") if self.tdm else answer(status="404 Not Found")
        if path == "/feed":
            count = self.stories + int(self.time.at // self.every)
            return self._conditional(self._feed(count), f'"f{count}"', headers, self.feed_headers)
        return self._conditional(story(path), '"1"', headers, {})

    def _conditional(self, body, etag, headers, more):
        if headers.get("if-none-match") == etag:
            return answer(status="304 Not Modified", ETag=etag, **more)
        return answer(body, ETag=etag, **more)

    def _feed(self, count):
        items = "".join(_item(self.name, n) for n in range(count)) + "".join(
            _item(self.name, n, "private") for n in range(3)
        )
        return (
            f'<?xml version="1.0"?><rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>{self.name}</title>'
            f"{self.feed_extra}{items}</channel></rss>"
        )

    def asked(self, path=""):
        """Visits of paths that begin so."""
        return [visit for visit in self.visits if visit.path.startswith(path)]


def _item(host, n, folder="a"):
    return f"<item><title>Visite officielle du ministre à Bamako ({n})</title><link>http://{host}/{folder}/{n}</link></item>"


def story(path):
    return (
        f"<html lang='fr'><head><title>Visite ({path})</title></head><body><article><h1>Visite officielle du ministre ({path})</h1>"
        "<p>BAMAKO - Le ministre des Affaires étrangères est arrivé lundi à Bamako pour une visite de travail.</p></article></body></html>"
    )


def http_date(moment):
    return format_datetime(moment, usegmt=True)
