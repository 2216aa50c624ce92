"""Runs and demos killed with -9 at random moments: nothing that was shelved is lost, nothing is doubled, all comes out equal.

CHANCERY_KILLS=200 and CHANCERY_DEMO_KILLS=10 ask for more of them; CHANCERY_TEST_SEED repeats one course of chance.
"""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from archives import ask, contents, differences, sample_settings

import warehouse
from flows.desk import Order
from flows.newsroom import Newsroom
from flows.run import run_ingest

HERE = Path(__file__).parent
CHANCERY = Path(sys.executable).with_name("chancery")
KILLS = int(os.environ.get("CHANCERY_KILLS", "10"))
DEMO_KILLS = int(os.environ.get("CHANCERY_DEMO_KILLS", "3"))
LONGEST_DEMO = 25
"""Seconds after which a demo is killed at the latest; an undisturbed one takes about forty."""
NAMES = ("mli_hombori", "ner_azawak", "dza_djurdjura", "tcd_diplomatie", "mrt_oualata", "sen_corniche")


def start(archive, room):
    words = [sys.executable, str(HERE / "sample_run.py"), str(archive), str(room.port), *NAMES]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=HERE.parents[1])


def pages_given(room):
    return sum(count for (_, path, status), count in room.requests.items() if status == 200 and path.count("/") and "robots" not in path)


def finish(process):
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0, output
    return output


def on_the_shelves(archive):
    with warehouse.Stacks(archive / "shelves") as stacks:
        return sorted((capture.url, capture.captured_at) for _, capture in stacks.walk())


@pytest.fixture
def chance():
    """Chance with a seed that a failing test prints."""
    seed = int(os.environ.get("CHANCERY_TEST_SEED", random.randrange(10**6)))
    sys.stdout.write(f"CHANCERY_TEST_SEED={seed}\n")
    return random.Random(seed)


@pytest.mark.slow
@pytest.mark.timeout(120 + 10 * KILLS)
def test_killed_runs_and_one_to_the_end_leave_the_rows_of_one_undisturbed_run(tmp_path, chance):
    with Newsroom() as room:
        finish(start(tmp_path / "whole", room))
        archive, broken = tmp_path / "killed", 0
        for _ in range(KILLS):
            process, goal = start(archive, room), pages_given(room) + chance.randint(1, 9)
            while process.poll() is None and pages_given(room) < goal:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.6))
            broken += process.poll() is None
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=30)
            process.stdout.close()
        finish(start(archive, room))
    assert broken >= KILLS / 2, "most runs came to their end before they were killed"
    assert_nothing_is_lost_or_doubled(archive, tmp_path / "whole", KILLS)


@pytest.mark.slow
@pytest.mark.timeout(240 + 60 * DEMO_KILLS)
def test_killed_demos_and_one_to_the_end_leave_the_rows_of_one_undisturbed_run(tmp_path, chance):
    with Newsroom() as room:
        asyncio.run(run_ingest(sample_settings(tmp_path / "whole", room.port), Order()))
    archive, broken = tmp_path / "chancery-demo", 0
    for _ in range(DEMO_KILLS):
        # a session of its own: Prefect's temporary server outlives a parent that is killed, and is killed with it here
        quiet = subprocess.DEVNULL
        process = subprocess.Popen([CHANCERY, "demo", "--folder", archive], stdout=quiet, stderr=quiet, start_new_session=True)
        try:
            process.wait(timeout=chance.uniform(1, LONGEST_DEMO))
        except subprocess.TimeoutExpired:
            broken += 1
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=30)
    done = subprocess.run([CHANCERY, "demo", "--folder", archive], capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stderr
    assert broken >= DEMO_KILLS / 2, "most demos came to their end before they were killed"
    assert_nothing_is_lost_or_doubled(archive, tmp_path / "whole", DEMO_KILLS)


def assert_nothing_is_lost_or_doubled(archive, undisturbed, kills):
    assert not differences(contents(archive), contents(undisturbed))
    shelved = on_the_shelves(archive)
    assert len(shelved) == len(set(shelved)) == ask(archive, "SELECT count(*) FROM captures")[0][0]
    states = dict(ask(archive, "SELECT state, count(*) FROM runs GROUP BY state"))
    assert states["done"] >= 1 and sum(states.values()) <= kills + 1
