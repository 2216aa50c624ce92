"""The road under Prefect: one-shot as the demo runs it, and on a schedule with a real server, worker and deployments."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from archives import PAPERS, ask, contents, differences

from flows.newsroom import Newsroom, load_stories

HOUSE = Path(__file__).resolve().parents[2]
CHANCERY = Path(sys.executable).with_name("chancery")
PREFECT = Path(sys.executable).with_name("prefect")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(archive, room, **more):
    own = {
        "CHANCERY_ARCHIVE": str(archive),
        "CHANCERY_NEWSROOM": f"127.0.0.1:{room.port}",
        "CHANCERY_SOURCES": str(archive.parent / "sources"),
        "CHANCERY_LIMITS_JOBS": "1",
        "CHANCERY_PACKAGED_SOURCES": "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "CHANCERY_"))}
    return {**clean, **own, **more}


def demo(folder, cwd):
    return subprocess.run(
        [CHANCERY, "demo", "--folder", folder],
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1", "CHANCERY_LIMITS_JOBS": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        encoding="utf-8",
    )


def test_the_demo_runs_to_its_end_and_again(tmp_path, whole_newsroom):
    wanted, folder = contents(whole_newsroom), tmp_path / "chancery-demo"

    first = demo(folder, tmp_path)
    assert first.returncode == 0 and not differences(contents(folder), wanted), first.stderr
    assert "both sides" in first.stdout and "SELECT" in first.stdout
    assert "Traceback" not in first.stderr and "prefect" not in first.stdout.lower()

    second = demo(folder, tmp_path)
    assert second.returncode == 0 and "no article is new" in second.stderr and "0 new articles" in second.stderr
    assert contents(folder) == wanted


@pytest.fixture
def clockwork(tmp_path, prefect_home):
    """`chancery serve` on three papers, ticking every forty seconds (each tick is a process): (archive, address of Prefect's API)."""
    port = free_port()
    (tmp_path / "sources").mkdir()
    for name in PAPERS:
        shutil.copy(Newsroom.sources_folder / f"{name}.toml", tmp_path / "sources")
    with Newsroom() as room:
        env = environment(
            tmp_path / "archive",
            room,
            PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS="2",
            PREFECT_HOME=str(prefect_home),
        )
        log = (tmp_path / "serve.log").open("w", encoding="utf-8")
        words = [CHANCERY, "serve", "--port", str(port), "--every", "40"]
        process = subprocess.Popen(
            words, cwd=tmp_path, env=env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            yield tmp_path / "archive", f"http://127.0.0.1:{port}/api", env
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=60)  # a run that is at work is waited for
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)  # its runs with it
            log.close()
    wait_for(lambda: not is_answering(port), seconds=60)  # its server goes with it, however it went


def is_answering(port):
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def asked(api, path, **body):
    request = urllib.request.Request(
        f"{api}/{path}", data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def wait_for(what, seconds=240):
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        try:
            if found := what():
                return found
        except OSError:
            pass
        time.sleep(0.5)
    raise AssertionError("waited in vain")


def test_a_scheduled_run_happens_and_loads_rows_and_the_deployments_can_be_made(clockwork, tmp_path):
    archive, api, env = clockwork
    runs = wait_for(
        lambda: asked(
            api,
            "flow_runs/filter",
            flow_runs={"state": {"type": {"any_": ["COMPLETED"]}}},
            flows={"name": {"any_": ["tick"]}},
        )
    )
    assert runs[0]["auto_scheduled"] and runs[0]["state_type"] == "COMPLETED"
    tables = asked(api, "artifacts/filter", artifacts={"key": {"any_": ["ingest"]}})
    assert {row["source"] for row in json.loads(tables[0]["data"])} == set(PAPERS)

    env = {**env, "PREFECT_API_URL": api, "PREFECT_HOME": str(tmp_path / "home"), "PWD": str(HOUSE)}
    for words in (["work-pool", "create", "chancery", "--type", "process"], ["--no-prompt", "deploy", "--all"]):
        done = subprocess.run([PREFECT, *words], cwd=HOUSE, env=env, capture_output=True, text=True, timeout=180)
        assert done.returncode == 0, done.stdout + done.stderr
    made = {d["name"]: d for d in asked(api, "deployments/filter") if d["work_pool_name"] == "chancery"}
    assert set(made) == {"tick", "ingest", "replay", "publish", "search-index"}
    assert (
        made["tick"]["schedules"][0]["schedule"]["interval"] == 300
        and made["tick"]["global_concurrency_limit"]["limit"] == 1
    )
    assert set(made["ingest"]["parameter_openapi_schema"]["properties"]) == {"sources", "since", "until", "limit"}
    wait_for(lambda: (archive / "catalogue.duckdb").exists() and ask_quietly(archive))


def ask_quietly(archive):
    """Whether every page of the papers is an article; nothing while a run holds the catalogue."""
    import duckdb

    try:
        return ask(archive, "SELECT count(*) FROM articles")[0][0] == sum(
            story.paper in PAPERS for story in load_stories()
        )
    except duckdb.Error:
        return False
