"""Real parts for the desk's tests: a small raw HTTP server on loopback, and one Prefect for the whole session."""

from __future__ import annotations

import os
import shutil
import socket
import socketserver
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from filelock import FileLock
from pebble import ProcessPool


@pytest.fixture(scope="session")
def kept_readers():
    """Reading processes by what they were asked for, until the session ends."""
    pools = {}
    yield pools
    for pool in pools.values():
        pool.stop()
        pool.join()


@pytest.fixture(autouse=True)
def readers_outlive_a_run(request, kept_readers, monkeypatch):
    """All runs of a session read in the same processes: the start of one costs more than reading what a test fetches."""
    if request.path.name in ("test_pool.py", "test_read.py"):  # which look at how processes begin and end
        return

    class Kept:
        def __init__(self, **asked):
            self._key, self._asked = (asked["max_workers"], asked["initializer"]), asked

        def schedule(self, function, args, timeout):
            if self._key not in kept_readers or not kept_readers[self._key].active:
                kept_readers[self._key] = ProcessPool(**self._asked)
            return kept_readers[self._key].schedule(function, args=args, timeout=timeout)

        def close(self):
            """Whoever closes it waits for nothing: what was scheduled has been awaited."""

        stop = join = close

    monkeypatch.setattr("flows.pool.ProcessPool", Kept)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """made_once(name, make): this process's copy of a folder that the first of all test processes makes by make(folder)."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def made(name, make):
        place = shared / f"made-{name}"
        with FileLock(f"{place}.lock"):
            if not place.exists():
                make(Path(f"{place}.new"))
                Path(f"{place}.new").rename(place)
        return Path(shutil.copytree(place, own / name))

    return made


@pytest.fixture(scope="session")
def prefect_home(made_once):
    """A folder for Prefect whose database stands already, which takes ten seconds of a core."""

    def make(home):
        env = {
            **os.environ,
            "PREFECT_HOME": str(home),
            "DO_NOT_TRACK": "1",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        }
        words = [sys.executable, "-m", "prefect", "server", "database", "upgrade", "-y"]
        subprocess.run(words, env=env, check=True, capture_output=True, timeout=300)

    return made_once("prefect-home", make)


def answer(body=b"", status="200 OK", **headers):
    """A whole HTTP/1.1 answer as bytes."""
    body = body.encode() if isinstance(body, str) else body
    lines = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body)), "Connection": "close"}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value is not None)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


@dataclass
class Site:
    """Hosts on loopback: `pages[host, path]` is a whole answer, or a function (socket, headers) that behaves badly."""

    pages: dict = field(default_factory=dict)
    asked: Counter = field(default_factory=Counter)
    headers: list = field(default_factory=list)
    port: int = 0

    answer = staticmethod(answer)

    def overrides(self, *hosts):
        return dict.fromkeys(hosts or {host for host, _ in self.pages}, ("127.0.0.1", self.port))


class _Handler(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.settimeout(10)
        data = b""
        while b"\r\n\r\n" not in data:
            try:
                piece = self.request.recv(65536)
            except OSError:
                return
            if not piece:
                return
            data += piece
        first, *lines = data.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
        headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines)}
        site, host, path = self.server.site, headers.get("host", "").partition(":")[0], first.split(" ")[1]
        site.asked[host, path] += 1
        site.headers.append((host, path, headers))
        page = site.pages.get((host, path), answer(status="404 Not Found"))
        try:
            if callable(page):
                page = page(self.request, headers)
            self.request.sendall(page or b"")
            self.request.shutdown(socket.SHUT_WR)
        except OSError:
            return


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64


@pytest.fixture
def site():
    """A `Site` that answers until the test ends."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.site = Site(port=server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield server.site
        server.shutdown()
        thread.join(timeout=5)


@pytest.fixture(scope="session")
def shelved(made_once):
    """The settings of an archive of three invented papers, published whole, which no test changes."""
    from archives import PAPERS, read_newsroom, sample_settings

    import warehouse

    def make(archive):
        settings = read_newsroom(archive, PAPERS)
        warehouse.publish(settings.catalogue, settings.published, full_text=True)

    return sample_settings(made_once("shelved", make), 9)


@pytest.fixture(scope="session")
def whole_newsroom(made_once):
    """The archive of one undisturbed run over the whole sample newsroom, which no test changes."""
    from archives import read_newsroom

    return made_once("whole-newsroom", read_newsroom)
