"""Runs killed with -9 at ten random moments: nothing that was shelved is lost, nothing is doubled, all comes out equal."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from archives import ask, contents, differences

import warehouse
from flows.newsroom import Newsroom

HERE = Path(__file__).parent
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


@pytest.mark.slow
def test_ten_killed_runs_and_one_to_the_end_leave_the_rows_of_one_undisturbed_run(tmp_path):
    seed = int(os.environ.get("CHANCERY_TEST_SEED", random.randrange(10**6)))
    chance = random.Random(seed)
    with Newsroom() as room:
        finish(start(tmp_path / "whole", room))
        room.forget_requests()
        archive, broken = tmp_path / "killed", 0
        for _ in range(10):
            process, goal = start(archive, room), pages_given(room) + chance.randint(1, 9)
            while process.poll() is None and pages_given(room) < goal:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.6))
            broken += process.poll() is None
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=30)
            process.stdout.close()
        finish(start(archive, room))
    assert broken >= 5, f"seed {seed}: most runs came to their end before they were killed"
    assert not differences(contents(archive), contents(tmp_path / "whole")), f"seed {seed}"
    shelved = on_the_shelves(archive)
    assert len(shelved) == len(set(shelved)) == ask(archive, "SELECT count(*) FROM captures")[0][0], f"seed {seed}"
    states = dict(ask(archive, "SELECT state, count(*) FROM runs GROUP BY state"))
    assert states["done"] >= 1 and sum(states.values()) <= 11
