"""What all rooms' tests share: a machine of few cores."""

import duckdb
import pytest


@pytest.fixture(scope="session", autouse=True)
def databases_of_one_thread():
    """Several test processes share the cores already: on tables this small DuckDB's own threads only wait for each other."""
    connect = duckdb.connect

    def alone(*place, config=None, **how):
        return connect(*place, config={"threads": 1, **(config or {})}, **how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duckdb, "connect", alone)
        yield
