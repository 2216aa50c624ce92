"""A fresh catalogue for each test; the helpers of `invented.py` can be imported, by tests and by their subprocesses."""

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from invented import SOURCES

from warehouse import open_catalogue


@pytest.fixture(scope="session")
def empty_catalogue(tmp_path_factory):
    """A catalogue with sources and nothing else, to be copied: making the tables takes longer than most tests."""
    path = tmp_path_factory.mktemp("empty") / "catalogue.duckdb"
    with open_catalogue(path) as opened:
        opened.register_sources(SOURCES)
    return path


@pytest.fixture
def catalogue(tmp_path, empty_catalogue):
    shutil.copy(empty_catalogue, tmp_path / "catalogue.duckdb")
    with open_catalogue(tmp_path / "catalogue.duckdb") as opened:
        yield opened
