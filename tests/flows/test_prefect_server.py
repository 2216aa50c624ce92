"""Prefect's server beside a run: it answers, and it goes with whoever started it, however that went."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from flows.errors import RunError
from flows.prefect_server import Server, temporary_server

pytestmark = pytest.mark.slow
OWNER = """
import sys, time
from pathlib import Path
from flows.prefect_server import temporary_server
with temporary_server(Path(sys.argv[1])) as server:
    print(server.wait(), server.process.pid, flush=True)
    time.sleep(600)
"""


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.timeout(300)
def test_a_server_answers_and_ends_with_a_run_that_is_killed(prefect_home):
    words = [sys.executable, "-c", OWNER, str(prefect_home)]
    env = {**os.environ, "PREFECT_HOME": str(prefect_home), "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(words, env=env, stdout=subprocess.PIPE, text=True) as owner:
        api, pid = owner.stdout.readline().split()
        with urllib.request.urlopen(f"{api}/health", timeout=10) as answer:
            assert answer.status == 200
        os.kill(owner.pid, signal.SIGKILL)
    deadline = time.monotonic() + 60
    while is_alive(int(pid)):
        assert time.monotonic() < deadline, "the server outlives the run that started it"
        time.sleep(0.1)


def test_a_server_that_can_not_start_is_said(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "file" / "home"))
    with temporary_server(tmp_path) as server, pytest.raises(RunError, match="ended as it started"):
        server.wait()
    assert (tmp_path / "server.log").read_bytes()


def test_the_error_names_the_exit_code():
    done = subprocess.Popen([sys.executable, "-c", "raise SystemExit(7)"])
    done.wait()
    with pytest.raises(RunError, match="exit code 7"):
        Server("http://127.0.0.1:1", done).wait()
