"""The walls of the house: who may import whom, who may open files, and what stands where."""

import ast
import os
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[1]
ROOMS = ("flows", "extractors", "warehouse")
MODULES = sorted(path for room in ROOMS for path in (HOUSE / room).rglob("*.py"))
TABLES = sorted(path for room in ROOMS for path in (HOUSE / room).rglob("*.toml"))
READING_ROOM = [path for path in MODULES if path.relative_to(HOUSE).parts[0] == "extractors"]


@cache
def tree(path):
    """Parsed in a thread of its own: elsewhere Python 3.11 fails to parse after hypothesis moved the recursion limit."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(ast.parse, path.read_text(encoding="utf-8")).result()


def calls(path):
    """Names of what a module calls: `open`, `now`, `read_text` ..."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def imports(path):
    """Top names of what a module imports."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0]


def lists(table, key=""):
    """Each list of a table with its key; a list with empty places is one that is read by place (abbreviations of months)."""
    if isinstance(table, dict):
        for inner, value in table.items():
            yield from lists(value, f"{key}.{inner}" if key else inner)
    elif isinstance(table, list) and "" not in table:
        yield key, table


def name(path):
    return str(path.relative_to(HOUSE))


def test_rooms_import_only_what_they_may():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=HOUSE, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", READING_ROOM, ids=name)
def test_only_the_registry_opens_files_and_nothing_there_asks_the_clock(path):
    called = set(calls(path))
    assert not called & {"now", "today", "utcnow", "time"}
    if path.name != "registry.py":
        assert not called & {"open", "read_text", "read_bytes", "write_text", "write_bytes"}


def test_httpx_stays_in_fetch_and_prefect_out_of_it():
    inside = [path for path in MODULES if (HOUSE / "flows/fetch") in path.parents]
    assert not [name(path) for path in MODULES if path not in inside and "httpx" in imports(path)]
    assert not [name(path) for path in inside if "prefect" in imports(path)]


def test_plots_are_drawn_in_their_own_room():
    assert {path.parent for path in MODULES if "matplotlib" in imports(path)} == {HOUSE / "flows/plots"}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_room_is_no_longer_than_a_room(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_every_module_that_holds_code_says_what_it_is():
    silent = [path for path in MODULES if tree(path).body and not ast.get_docstring(tree(path))]
    assert not [name(path) for path in silent]


@pytest.mark.parametrize("path", TABLES, ids=name)
def test_no_list_of_a_table_says_a_thing_twice(path):
    """Bug caught: the list of Arabic stop words held thirty-two words more than once: taking one out did nothing."""
    with path.open("rb") as file:
        found = list(lists(tomllib.load(file)))
    assert not {key: again for key, said in found if (again := [value for value in said if said.count(value) > 1])}


def test_tests_are_named_alike_in_every_process(request):
    """Bug caught: a test named after gzip's output, which holds the second, stopped the whole run when two workers
    collected it in different seconds. So the same tests are collected again, later and with another seed of hashes."""
    mine = {item.nodeid for item in request.session.items}
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--collect-only",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        *request.config.args,
    ]
    done = subprocess.run(
        command, cwd=request.config.invocation_params.dir, capture_output=True, text=True, timeout=240,
        env=os.environ | {"PYTHONHASHSEED": seed, "PYTEST_ADDOPTS": "", "COLUMNS": "10000"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert mine <= set(done.stdout.splitlines())
