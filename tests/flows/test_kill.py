"""Runs and demos killed with -9 at random moments: nothing that was shelved is lost, nothing is doubled, all comes out equal.

CHANCERY_KILLS=200 and CHANCERY_DEMO_KILLS=10 ask for more of them, CHANCERY_KILL_MINUTES=40 ends after so long;
CHANCERY_TEST_SEED repeats one course of chance. The runs are Prefect flows on one server that outlives them all.
"""

import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from archives import ask, contents, differences, faults

import warehouse
from flows.newsroom import Newsroom

HERE = Path(__file__).parent
CHANCERY = Path(sys.executable).with_name("chancery")
KILLS = int(os.environ.get("CHANCERY_KILLS", "10"))
DEMO_KILLS = int(os.environ.get("CHANCERY_DEMO_KILLS", "3"))
LONGEST_DEMO = 15
"""Seconds after which a demo is killed at the latest; an undisturbed one takes about thirty beside a running server."""
NAMES = ("mli_hombori", "ner_azawak", "dza_djurdjura", "tcd_diplomatie", "mrt_oualata", "sen_corniche")
MINUTES = float(os.environ.get("CHANCERY_KILL_MINUTES", "60"))
A_ROUND = 10
"""Kills of one archive: after them nothing is left to do, and the next archive begins from nothing."""


def pages_given(room):
    return sum(
        count
        for (_, path, status), count in room.requests.items()
        if status == 200 and path.count("/") and "robots" not in path
    )


def on_the_shelves(archive):
    with warehouse.Stacks(archive / "shelves") as stacks:
        return sorted((capture.url, capture.captured_at) for _, capture in stacks.walk())


@pytest.fixture
def chance():
    """Chance with a seed that a failing test prints."""
    seed = int(os.environ.get("CHANCERY_TEST_SEED", random.randrange(10**6)))
    sys.stdout.write(f"CHANCERY_TEST_SEED={seed}\n")
    return random.Random(seed)


@pytest.fixture(scope="module")
def prefect_server(prefect_home):
    """One Prefect server for all runs: the environment that leads to it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "CHANCERY_"))}
    quiet = {
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
    }
    env = {**clean, **quiet, "PREFECT_HOME": str(prefect_home), "PYTHONPATH": f"{HERE}{os.pathsep}{HERE.parents[1]}"}
    words = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(words, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline:
            assert process.poll() is None, "the Prefect server ended as it started"
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=5):
                    break
            except OSError:
                time.sleep(0.2)
        yield {**env, "PREFECT_API_URL": f"http://127.0.0.1:{port}/api"}
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()


class Nursery:
    """Runs in processes of their own, forked from one that has everything imported."""

    def __init__(self, env, room, folder):
        self.log = folder / "runs.log"
        words = [sys.executable, str(HERE / "kill_nursery.py"), str(room.port), str(self.log), *NAMES]
        self.process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env, cwd=HERE.parents[1]
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=30)

    def ask(self, words):
        self.process.stdin.write(f"{words}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def start(self, archive):
        return self.ask(archive)

    def end(self):
        return self.ask("reap")

    def finish(self, archive):
        self.start(archive)
        assert self.end() == 0, self.log.read_text(encoding="utf-8")[-3000:]

    def kill(self, archive, room, chance):
        """Begins a run and kills it at a random moment; whether it was still at work."""
        pid, goal = self.start(archive), pages_given(room) + chance.randint(0, 6)
        patience = time.monotonic() + 60
        while pages_given(room) < goal and is_alive(pid) and time.monotonic() < patience:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.4))
        os.kill(pid, signal.SIGKILL)
        return self.end() == -signal.SIGKILL


def is_alive(pid):
    """Whether it runs; a process that ended and was not waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def catalogued(archive):
    """What the archive acknowledged to hold."""
    return set(ask(archive, "SELECT url, digest, shelf_file, shelf_offset, shelf_length FROM captures"))


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks /proc whether a run is alive")
@pytest.mark.timeout(300 + 30 * KILLS)
def test_killed_runs_and_one_to_the_end_leave_the_rows_of_one_undisturbed_run(tmp_path, chance, prefect_server):
    began, killed, broken, rounds = time.monotonic(), 0, 0, 0
    with Newsroom() as room, Nursery(prefect_server, room, tmp_path) as nursery:
        nursery.finish(tmp_path / "whole")
        while killed < KILLS and time.monotonic() - began < MINUTES * 60:
            archive, held, before = tmp_path / f"killed-{rounds}", set(), killed
            for _ in range(min(A_ROUND, KILLS - killed)):
                broken += nursery.kill(archive, room, chance)
                killed += 1
                if not (archive / "catalogue.duckdb").exists():
                    assert not held
                    continue
                assert not faults(archive)
                now = catalogued(archive)
                assert held <= now, "a capture that was acknowledged is lost"
                held = now
            nursery.finish(archive)
            assert held <= catalogued(archive)
            assert_nothing_is_lost_or_doubled(archive, tmp_path / "whole", killed - before)
            rounds += 1
            sys.stderr.write(
                f"{killed} kills, {broken} of them at work, {rounds} archives equal, {time.monotonic() - began:.0f} s\n"
            )
    assert broken >= killed / 2, "most runs came to their end before they were killed"


@pytest.mark.slow
@pytest.mark.timeout(500 + 60 * DEMO_KILLS)
def test_killed_demos_and_one_to_the_end_leave_the_rows_of_one_undisturbed_run(
    tmp_path, chance, prefect_server, whole_newsroom
):
    archive, broken, env = tmp_path / "chancery-demo", 0, {**prefect_server, "CHANCERY_LIMITS_JOBS": "1"}
    for _ in range(DEMO_KILLS):
        # a session of its own: the readers are killed with it
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
        process = subprocess.Popen([CHANCERY, "demo", "--folder", archive], env=env, **quiet)
        try:
            process.wait(timeout=chance.uniform(1, LONGEST_DEMO))
        except subprocess.TimeoutExpired:
            broken += 1
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=30)
    words = [CHANCERY, "demo", "--folder", archive]
    done = subprocess.run(words, env=env, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stderr
    assert broken >= DEMO_KILLS / 2, "most demos came to their end before they were killed"
    assert_nothing_is_lost_or_doubled(archive, whole_newsroom, DEMO_KILLS)


def assert_nothing_is_lost_or_doubled(archive, undisturbed, kills):
    assert not differences(contents(archive), contents(undisturbed))
    shelved = on_the_shelves(archive)
    assert not faults(archive)
    assert len(shelved) == len(set(shelved)) == ask(archive, "SELECT count(*) FROM captures")[0][0]
    states = dict(ask(archive, "SELECT state, count(*) FROM runs GROUP BY state"))
    assert states["done"] >= 1 and sum(states.values()) <= kills + 1
