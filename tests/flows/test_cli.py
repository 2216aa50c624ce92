"""The command line as a shell sees it: exit codes, streams, start-up."""

import json
import subprocess
import sys
from pathlib import Path

CHANCERY = Path(sys.executable).with_name("chancery")


def chancery(*words):
    return subprocess.run([CHANCERY, *words], capture_output=True, text=True, timeout=60, encoding="utf-8")


def test_sources_lists_the_packaged_declarations():
    done = chancery("sources", "--json")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert len(rows) >= 25
    assert {row["state"] for row in rows} == {"unverified"}
    assert sum(row["language"] == "fr" for row in rows) > len(rows) / 2


def test_a_wrong_source_file_is_named_with_its_key(tmp_path):
    (tmp_path / "mli_paper.toml").write_text('title = "T"\ncolour = "red"\n', encoding="utf-8")
    done = chancery("sources", "--folder", str(tmp_path))
    assert done.returncode == 1
    assert "mli_paper.toml" in done.stderr and "colour" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_verb_is_bad_usage():
    assert chancery("summon").returncode == 2


def test_verbs_without_orchestration_import_no_prefect():
    asked = "import sys, flows.cli; from typer.testing import CliRunner; " \
        "r = CliRunner().invoke(flows.cli.app, ['sources', '--json']); " \
        "print(r.exit_code, sorted({'prefect', 'httpx', 'duckdb'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "0 []", done.stderr
