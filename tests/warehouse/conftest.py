"""A fresh catalogue for each test; the helpers of `invented.py` can be imported, by tests and by their subprocesses."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from invented import SOURCES

from warehouse import open_catalogue


@pytest.fixture
def catalogue(tmp_path):
    with open_catalogue(tmp_path / "catalogue.duckdb") as opened:
        opened.register_sources(SOURCES)
        yield opened
