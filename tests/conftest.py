"""What all rooms' tests share: a machine of few cores."""

import os

import duckdb
import pytest


def pytest_collection_modifyitems(items):
    """Each of several test processes begins with a share of the long tests: one that began last would keep all waiting."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if workers == 1:
        return
    long = [item for item in items if item.get_closest_marker("slow")]
    short = [item for item in items if not item.get_closest_marker("slow")]
    files = list(dict.fromkeys(item.path for item in long))
    share, taken, ordered = len(items) // workers, 0, []
    for worker in range(workers):
        own = [
            item for item in long if files.index(item.path) % workers == worker
        ]  # a file's tests share what they made
        more = max(0, share - len(own))
        ordered += own + short[taken : taken + more]
        taken += more
    items[:] = ordered + short[taken:]


@pytest.fixture(scope="session", autouse=True)
def databases_of_one_thread():
    """Several test processes share the cores already: on tables this small DuckDB's own threads only wait for each other."""
    connect = duckdb.connect

    def alone(*place, config=None, **how):
        return connect(*place, config={"threads": 1, **(config or {})}, **how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duckdb, "connect", alone)
        yield
