"""Hostile servers: each of their behaviours ends as one recorded outcome, in time, and the healthy page beside comes."""

import asyncio
import os
import ssl
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpcore
import pytest
import trustme
from hostile import FEEDS, HOST, PAGES, SITES, whole

from extractors import FeedError, read_feed
from flows.fetch import Fetcher
from flows.settings import Limits

LIMITS = Limits(page_bytes=1_000_000, connect_seconds=1, request_seconds=1.5, delay_seconds=0, retries=0)
DEADLINE = 6.0
"""Seconds for the site's robots.txt, its reservation file and the page, each within `request_seconds`."""


def answers(site, pages, path="/a"):
    """(result of the hostile page, result of a healthy host in the same run, seconds)."""
    site.pages |= {(HOST, where): page for where, page in pages.items()}
    site.pages["healthy.example", "/b"] = whole(b"<p>fine")

    async def run():
        async with Fetcher(LIMITS, agent="Chancery/0.1", overrides=site.overrides(HOST, "healthy.example")) as fetcher:
            return await asyncio.gather(
                fetcher.fetch(f"http://{HOST}{path}"), fetcher.fetch("http://healthy.example/b")
            )

    began = time.monotonic()
    bad, good = asyncio.run(run())
    return bad, good, time.monotonic() - began


def check(found, expected):
    bad, good, seconds = found
    allowed = expected if isinstance(expected, tuple) else (expected,)
    assert bad.outcome in allowed, bad
    assert (bad.capture is not None) == (bad.outcome == "ok")
    assert bad.detail or bad.outcome == "ok"
    assert good.outcome == "ok" and seconds < DEADLINE
    assert "word" not in (bad.detail or "") and (bad.detail or "").isprintable()
    assert bad.capture is None or all(value.isprintable() for _, value in bad.capture.headers)


@pytest.mark.parametrize("behaviour", PAGES)
def test_a_hostile_page_is_one_outcome(site, behaviour):
    page, expected = PAGES[behaviour]
    check(answers(site, {"/a": page, "/b": whole(b"there")}), expected)


@pytest.mark.parametrize("behaviour", SITES)
def test_a_hostile_house_rule_is_one_outcome(site, behaviour):
    pages, expected = SITES[behaviour]
    check(answers(site, {"/a": whole(b"<p>page"), **pages}), expected)


@pytest.mark.parametrize("behaviour", FEEDS)
def test_a_hostile_feed_is_read_or_refused_in_time(behaviour):
    began = time.process_time()
    try:
        reading = read_feed(FEEDS[behaviour], url="http://x.example/feed")
    except FeedError as error:
        assert str(error).startswith("http://x.example/feed")
    else:
        assert all(entry.url.startswith(("http://", "https://")) for entry in reading.entries)
        assert "root:" not in repr(reading.entries[:3]) and len(reading.entries) <= 50_000
        assert "hahahaha" not in repr(reading)
    assert time.process_time() - began < 15


# ---------------------------------------------------------------- names and certificates


def test_a_name_that_turns_to_a_private_address_is_refused_at_the_moment_it_turns(monkeypatch):
    """The checked address is the one that is connected to: each connection resolves once, and that answer is checked."""
    connected, told = [], iter([["93.184.215.14"], ["10.0.0.5"]])

    async def rebinding(host, port):
        return next(told, ["10.0.0.5"])

    async def nobody(self, host, *_):
        connected.append(host)
        raise httpcore.ConnectError("nobody there")

    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", nobody)

    async def run():
        async with Fetcher(LIMITS, agent="Chancery/0.1", resolve=rebinding) as fetcher:
            return await fetcher.fetch("http://turning.example/a"), await fetcher.fetch("http://other.example/a")

    first, second = asyncio.run(run())
    assert (first.outcome, second.outcome) == ("robots_unreachable", "refused_address")
    assert connected == ["93.184.215.14"]


class _Secure(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"safe")

    def log_message(self, *_):
        """Quiet."""


@pytest.mark.parametrize(
    ("certificate", "outcome"),
    [
        ("good", "ok"),
        ("expired", "robots_unreachable"),
        ("of another host", "robots_unreachable"),
        ("self-signed", "robots_unreachable"),
    ],
)
def test_tls_is_verified(certificate, outcome):
    authority, stranger = trustme.CA(), trustme.CA()
    signer = stranger if certificate == "self-signed" else authority
    name = "other.example" if certificate == "of another host" else "secure.example"
    lasts = datetime.now(UTC) - timedelta(days=1) if certificate == "expired" else None
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    signer.issue_cert(name, not_before=datetime(2020, 1, 1, tzinfo=UTC), not_after=lasts).configure_cert(served)
    trusted = ssl.create_default_context()
    authority.configure_trust(trusted)

    async def run(port):
        overrides = {"secure.example": ("127.0.0.1", port)}
        async with Fetcher(LIMITS, agent="Chancery/0.1", overrides=overrides, tls=trusted) as fetcher:
            return await fetcher.fetch("https://secure.example/a")

    with ThreadingHTTPServer(("127.0.0.1", 0), _Secure) as server:
        server.socket = served.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        result = asyncio.run(run(server.server_address[1]))
        server.shutdown()
        thread.join(timeout=5)
    assert result.outcome == outcome
    assert result.outcome == "ok" or "certificate" in result.detail.lower()


def test_punycode_and_unicode_names_are_one_host(site):
    site.pages["xn--tmoin-bsa.example", "/a"] = whole(b"<p>page")

    async def run():
        overrides = {"xn--tmoin-bsa.example": ("127.0.0.1", site.port)}
        async with Fetcher(LIMITS, agent="Chancery/0.1", overrides=overrides) as fetcher:
            return [await fetcher.fetch(url) for url in ("http://xn--tmoin-bsa.example/a", "http://témoin.example/a")]

    assert [result.outcome for result in asyncio.run(run())] == ["ok", "ok"]


def test_there_are_at_least_sixty_behaviours():
    assert len(PAGES) + len(SITES) + len(FEEDS) >= 60


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(
    not os.environ.get("CHANCERY_MEMORY"), reason="a minute on a quiet machine: CHANCERY_MEMORY=1 asks for it"
)
def test_a_hostile_source_costs_a_bounded_amount_of_memory():
    script = Path(__file__).parents[1] / "benchmarks/hostile_memory.py"
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
