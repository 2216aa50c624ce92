"""Prefect's server in a process beside ours, for as long as ours lives: the operator's clockwork, or one run's own.

Prefect would start one for a single run as well, but imports the whole server into the run's process first, and leaves
it behind where that is killed. This one starts while ours still imports, and ends when ours is gone, however it went.
"""

from __future__ import annotations

import os
import runpy
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flows.errors import RunError

API = "PREFECT_API_URL"
"""Names the operator's own server, where there is one."""
_START_SECONDS = 180
_END_SECONDS = 30
_CLOCKWORK, _TEMPORARY = "clockwork", "temporary"
_QUIET = {"PREFECT_SERVER_LOGGING_LEVEL": "ERROR", "PREFECT_LOGGING_LEVEL": "ERROR"}


@dataclass(frozen=True, slots=True)
class Server:
    """A server that was started: `address` of its pages, which answer some seconds later."""

    address: str
    process: subprocess.Popen[bytes]

    def wait(self) -> str:
        """The address of its API, once it answers. Raises RunError where it ends or stays silent."""
        began, health = time.monotonic(), f"{self.address}/api/health"
        while time.monotonic() - began < _START_SECONDS:
            if self.process.poll() is not None:
                raise RunError(
                    f"Prefect's server ended as it started (exit code {self.process.returncode}); is its port taken, "
                    "or PREFECT_HOME not to be written? PREFECT_HOME/server.log tells what a run's own server said"
                )
            try:
                with urllib.request.urlopen(health, timeout=30):
                    return f"{self.address}/api"
            except (urllib.error.URLError, OSError):
                time.sleep(0.3)
        raise RunError(f"Prefect's server did not answer at {health} within {_START_SECONDS} s; is the machine busy?")


@contextmanager
def clockwork_server(port: int) -> Iterator[Server]:
    """A server with its pages, on this port of loopback."""
    with _process([_CLOCKWORK, str(port)], port, log=subprocess.DEVNULL, complaints=None) as server:
        yield server


@contextmanager
def temporary_server(home: Path) -> Iterator[Server]:
    """A server without pages, on a free port of loopback; its complaints go to `home`/server.log."""
    with socket.create_server(("127.0.0.1", 0)) as listening, (home / "server.log").open("wb") as log:
        handed, port = listening.fileno(), listening.getsockname()[1]
        with _process(
            [_TEMPORARY, str(handed)], port, log=log.fileno(), complaints=log.fileno(), pass_fds=[handed]
        ) as server:
            listening.close()
            yield server


@contextmanager
def _process(
    words: Sequence[str], port: int, *, log: int, complaints: int | None, pass_fds: Sequence[int] = ()
) -> Iterator[Server]:
    process = subprocess.Popen(
        [sys.executable, "-m", __name__, *words],
        env={**os.environ, **_QUIET},
        stdin=subprocess.PIPE,  # at its end the server knows that we are gone
        stdout=log,
        stderr=complaints,
        pass_fds=pass_fds,
        # Ctrl-C ends our process first, which then has still somebody to report to
        start_new_session=True,
    )
    try:
        yield Server(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        try:
            process.wait(timeout=_END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _serve_temporary(listening: socket.socket) -> None:
    """The temporary server's own process."""
    import uvicorn
    from prefect.server.api.server import create_app

    server = uvicorn.Server(uvicorn.Config(create_app(ephemeral=True), log_level="error", lifespan="on"))

    def end() -> None:
        server.should_exit = True

    _end_with_parent(end)
    server.run(sockets=[listening])


def _serve_clockwork(port: str) -> None:
    """The clockwork's own process: Prefect's own command for it."""
    _end_with_parent(lambda: os.kill(os.getpid(), signal.SIGTERM))
    sys.argv = ["prefect", "server", "start", "--host", "127.0.0.1", "--port", port]
    runpy.run_module("prefect", run_name="__main__")


def _end_with_parent(end: Callable[[], object]) -> None:
    """Calls `end` when whoever started this process is gone, however it went: its end of our input closes."""

    def watch() -> None:
        sys.stdin.buffer.read()
        end()

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    kind, place = sys.argv[1:]
    if kind == _CLOCKWORK:
        _serve_clockwork(place)
    else:
        _serve_temporary(socket.socket(fileno=int(place)))
