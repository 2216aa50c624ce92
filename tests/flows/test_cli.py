"""The command line as a shell sees it: exit codes, streams, start-up, and what each verb prints."""

import contextlib
import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from test_read import PAGE
from typer.testing import CliRunner

import flows.cli
import warehouse
from flows.cli.show import plain

CHANCERY = Path(sys.executable).with_name("chancery")
SECOND = PAGE.replace("Nouakchott", "Bamako").replace("2025-03-04", "2025-05-06").replace("en Mauritanie", "au Mali")
VERBS = (
    "backup",
    "check",
    "demo",
    "doctor",
    "erase",
    "ingest",
    "newsroom",
    "publish",
    "query",
    "read",
    "restore",
    "search",
    "serve",
    "shelves",
    "sources",
    "status",
)


def shell(*words):
    """What the console script answers, in a process of its own: for verbs that run a flow."""
    return subprocess.run([CHANCERY, *map(str, words)], capture_output=True, text=True, timeout=120, encoding="utf-8")


def chancery(*words, cwd=".", text=None):
    """The same of the other verbs, in this process: the start of one costs more than most answers."""
    with contextlib.chdir(cwd):
        done = CliRunner().invoke(flows.cli.app, [str(word) for word in words], input=text)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)


def lines(done):
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module", autouse=True)
def made_prefect(prefect_home):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_HOME", str(prefect_home))
        yield


@pytest.fixture(scope="module")
def archive(made_once):
    """An archive made from a folder of saved pages beside it, and published."""

    def make(place):
        archive, folder = place / "archive", place / "saved"
        folder.mkdir(parents=True)
        (folder / "a.html").write_text(PAGE, encoding="utf-8")
        (folder / "b.html").write_text(SECOND, encoding="utf-8")
        (folder / "empty.html").write_bytes(b"")
        rows = [{"path": "a.html", "url": "https://le-temoin.example/a", "captured_at": "2025-03-05T08:00:00+00:00"}]
        (folder / "manifest.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        done = shell("ingest", "--folder", folder, "--archive", archive)
        assert done.returncode == 0 and "2 new articles" in done.stderr, done.stderr
        assert chancery("publish", "--archive", archive).returncode == 0

    return made_once("of-saved-pages", make) / "archive"


# ---------------------------------------------------------------- start-up and usage


@pytest.mark.parametrize(
    "words",
    [
        ["sources"],
        ["read", "{page}"],
        ["check", "{page}"],
        ["query", "SELECT 1"],
        ["status"],
        ["plot", "--help"],
        ["--help"],
    ],
    ids=lambda words: words[0],
)
def test_verbs_without_orchestration_import_no_prefect(words, archive, tmp_path):
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    words = [word.format(page=tmp_path / "page.html") for word in words]
    words += ["--archive", str(archive)] if words[-1] != "--help" and words[0] != "read" else []
    asked = (
        "import sys, flows.cli; from typer.testing import CliRunner; "
        f"r = CliRunner().invoke(flows.cli.app, {words!r}); "
        "print(r.exit_code, sorted({'prefect', 'fastapi', 'sqlalchemy', 'matplotlib', 'xlsxwriter'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "0 []", done.stdout + done.stderr


def test_the_front_door_opens_neither_the_catalogue_nor_the_network():
    asked = "import sys, flows.cli; print(sorted({'prefect', 'httpx', 'duckdb', 'bs4', 'rich.table', 'matplotlib', 'xlsxwriter'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_teaches_itself(verb):
    done = CliRunner().invoke(flows.cli.app, [verb, "--help"])
    assert done.exit_code == 0 and "Example" in done.output


@pytest.mark.parametrize(
    "words",
    [
        ["summon"],
        ["query"],
        ["query", "SELECT 1", "--csv", "--json"],
        ["query", "--example", "no_such"],
        ["ingest", "--folder", ".", "--limit", "3"],
        ["ingest", "--since", "yesterday"],
        ["ingest", "--since", "2026-02-01", "--until", "2026-01-01"],
        ["check", "no-such-thing"],
        ["sources", "--config", "none.toml"],
        ["sources", "discover", "a-paper.example"],
    ],
    ids=" ".join,
)
def test_bad_usage_ends_with_two_and_a_sentence(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(flows.cli.app, words)
    assert done.exit_code == 2 and done.stderr and isinstance(done.exception, SystemExit)


# ---------------------------------------------------------------- sources


def test_sources_lists_the_packaged_declarations(tmp_path):
    rows = lines(chancery("sources", "--json", cwd=tmp_path))
    assert len(rows) >= 25
    assert {row["state"] for row in rows} == {"unverified"}
    assert sum(row["language"] == "fr" for row in rows) > len(rows) / 2


def test_a_wrong_source_file_is_named_with_its_key(tmp_path):
    (tmp_path / "mli_paper.toml").write_text('title = "T"\ncolour = "red"\n', encoding="utf-8")
    done = chancery("sources", "--folder", str(tmp_path))
    assert done.returncode == 1
    assert "mli_paper.toml" in done.stderr and "colour" in done.stderr
    assert "Traceback" not in done.stderr


# ---------------------------------------------------------------- the archive


def test_saved_pages_are_shelved_once(archive):
    folder = archive.parent / "saved"
    again = shell("ingest", "--folder", folder, "--archive", archive, "--json")
    (row,) = lines(again)
    assert (row["listed"], row["new"], row["unchanged"]) == (3, 0, 3) and "0 new articles" in again.stderr


def test_a_foreign_warc_gives_the_same_articles(archive, tmp_path):
    with warehouse.Stacks(archive / "shelves") as stacks:
        shelf = next((archive / "shelves").glob("*/*.warc.gz"))
        assert len(list(stacks.walk())) == 3
    done = shell("ingest", "--warc", shelf, "--archive", tmp_path / "other")
    assert done.returncode == 0 and "2 new articles" in done.stderr
    (tmp_path / "no.warc").write_bytes(b"no WARC at all")
    broken = shell("ingest", "--warc", tmp_path / "no.warc", "--archive", tmp_path / "third")
    assert "Traceback" not in broken.stderr


def test_status_tells_runs_and_reasons(archive):
    rows = lines(chancery("status", "--archive", archive, "--json"))
    runs, rejects = [row for row in rows if "run" in row], [row for row in rows if "reason" in row]
    assert runs and {run["state"] for run in runs} == {"done"} and rejects[0]["level"] in ("page", "field")
    assert "rejects by reason" in chancery("status", "--archive", archive).stdout
    *_, first = [row for row in lines(chancery("status", "saved", "--archive", archive, "--json")) if "listed" in row]
    assert first["state"] == "done" and first["read"] == 2
    unknown = chancery("status", "no_such_paper", "--archive", archive)
    assert unknown.returncode == 1 and "no run has asked" in unknown.stderr
    none = chancery("status", "--archive", archive / "none")
    assert none.returncode == 1 and "no catalogue yet" in none.stderr


def test_query_answers_as_table_csv_and_json(archive, tmp_path):
    sql = "SELECT visitor_country, host_country FROM visits ORDER BY ALL"
    table = shell("query", sql, "--archive", archive)
    assert (
        table.returncode == 0
        and "visitor_country" in table.stdout
        and table.stdout.startswith("1 rows" if "1 rows" in table.stdout else "2 rows")
    )
    assert lines(chancery("query", sql, "--archive", archive, "--json"))[0]["visitor_country"] == "MLI"
    (tmp_path / "q.sql").write_text(sql, encoding="utf-8")
    rows = list(csv.reader(io.StringIO(chancery("query", tmp_path / "q.sql", "--archive", archive, "--csv").stdout)))
    assert rows[0] == ["visitor_country", "host_country"] and rows[1][0] == "MLI"
    assert lines(chancery("query", "-", "--archive", archive, "--json", text=sql))
    assert len(lines(chancery("query", "--examples", "--json"))) >= 10
    assert chancery("query", "--example", "01_who_visited_whom_lately", "--archive", archive).returncode == 0


def test_a_cell_of_csv_can_not_be_taken_for_a_formula(archive):
    sql = "SELECT '=1+1' AS a, '@SUM(1)' AS b, -5 AS c, 'x' AS d, ['=1'] AS e"
    rows = list(csv.reader(io.StringIO(chancery("query", sql, "--archive", archive, "--csv").stdout)))
    assert rows[1] == ["'=1+1", "'@SUM(1)", "-5", "x", '["=1"]']


def test_the_analysts_file_is_exported_and_sampled(archive, tmp_path):
    rows = lines(
        chancery(
            "export",
            tmp_path / "out",
            "--archive",
            archive,
            "--format",
            "csv",
            "--table",
            "visits",
            "--table",
            "states",
            "--json",
        )
    )
    assert {row["table"]: row["rows"] > 0 for row in rows} == {"visits": True, "states": True}
    assert (tmp_path / "out/datapackage.json").is_file() and not (tmp_path / "out/parquet").exists()
    again = chancery("export", archive.parent / "saved", "--archive", archive)
    assert again.returncode == 1 and "something else is there" in again.stderr
    sheet = tmp_path / "sheet.csv"
    assert chancery("sample", 2, "--archive", archive, "--output", sheet).returncode == 0
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        drawn = list(csv.DictReader(stream))
    with sheet.open("w", encoding="utf-8", newline="") as stream:
        out = csv.DictWriter(stream, list(drawn[0]))
        out.writeheader()
        out.writerows({**row, "is_visit": "yes"} for row in drawn)
    assert lines(chancery("sample", "--score", sheet, "--archive", archive, "--json"))[0]["field"] == "article"
    assert chancery("sample", "--archive", archive).returncode == 2


def test_search_ranks_where_there_is_an_index(archive):
    plain = chancery("search", "ministre", "--archive", archive, "--json")
    assert "no index" in plain.stderr and {row["score"] for row in lines(plain)} <= {None}
    done = chancery("publish", "--search-index", "--archive", archive)
    assert (
        done.returncode == 0
        and "indexed" in done.stderr
        and "up to date" in chancery("publish", "--search-index", "--archive", archive).stderr
    )
    ranked = chancery("search", "ministres maliens", "--archive", archive, "--json")
    assert not ranked.stderr and all(row["score"] > 0 for row in lines(ranked)) and lines(ranked)
    table = chancery("search", "ministres", "--archive", archive)
    assert table.returncode == 0 and "headline" in table.stdout
    assert chancery("search", "x", "--archive", archive / "none").returncode == 1


def test_the_flow_of_the_index_is_one_of_its_own(archive, tmp_path, monkeypatch):
    import asyncio

    from prefect.logging import disable_run_logger

    from flows.search_index import search_index

    with disable_run_logger():
        monkeypatch.setenv("CHANCERY_ARCHIVE", str(archive))
        assert asyncio.run(search_index.fn())["path"] == str(archive / "chancery.search.duckdb")
        monkeypatch.setenv("CHANCERY_ARCHIVE", str(tmp_path))
        assert asyncio.run(search_index.fn()) == {"changed": False, "path": None}


def test_the_analysts_file_is_drawn(archive, tmp_path):
    for words in (["months"], ["dyads", "--from", "2025"], ["matrix", "--country", "mli"]):
        done = chancery("plot", *words, "--archive", archive, cwd=tmp_path)
        assert done.returncode == 0 and (tmp_path / f"{words[0]}.svg").read_text(encoding="utf-8").startswith(
            "<?xml"
        ), done.stderr
    (visit_id,) = [
        row["visit_id"]
        for row in lines(chancery("query", "SELECT visit_id FROM visits LIMIT 1", "--archive", archive, "--json"))
    ]
    assert chancery("plot", "visit", visit_id, "--archive", archive, "--output", tmp_path / "life.png").returncode == 0
    assert (tmp_path / "life.png").read_bytes().startswith(b"\x89PNG")
    none = chancery("plot", "months", "--country", "ZWE", "--archive", archive, cwd=tmp_path)
    assert (
        none.returncode == 1 and "ZWE" in none.stderr and "no visit" in none.stderr and "Traceback" not in none.stderr
    )
    assert chancery("plot", "visit", "none", "--archive", archive).returncode == 1


@pytest.mark.parametrize(
    "sql", ["DROP TABLE visits", "SELECT * FROM '/etc/passwd'", "COPY visits TO 'x.csv'", "SELEC 1"]
)
def test_query_can_only_ask(archive, sql):
    done = chancery("query", sql, "--archive", archive)
    assert done.returncode == 1 and done.stderr.startswith("chancery query: ") and "Traceback" not in done.stderr


def test_a_folder_that_can_not_be_written_and_a_newer_catalogue_are_said(archive, tmp_path):
    (tmp_path / "file").write_text("")
    done = shell("ingest", "--folder", archive.parent / "saved", "--archive", tmp_path / "file/archive")
    assert done.returncode == 1 and "can be written" in done.stderr and "Traceback" not in done.stderr
    (tmp_path / "newer").mkdir()
    (tmp_path / "newer/catalogue.duckdb").write_bytes(b"no database")
    done = shell("ingest", "--folder", archive.parent / "saved", "--archive", tmp_path / "newer")
    assert done.returncode == 1 and "catalogue.duckdb" in done.stderr and "Traceback" not in done.stderr


# ---------------------------------------------------------------- check


def test_check_shows_what_each_field_saw_and_the_visits(tmp_path):
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    rows = lines(chancery("check", tmp_path / "page.html", "--json"))
    fields = {row["field"]: row for row in rows if row["part"] == "field"}
    assert fields["published_on"]["value"] == "2025-03-04" and "published_time" in fields["published_on"]["from"]
    evidence = [row for row in rows if row["part"] == "evidence"]
    assert evidence and "MLI → MRT" in evidence[0]["visit"] and any(row["rule"] for row in evidence)
    text = chancery("check", tmp_path / "page.html").stdout
    assert "headline" in text and "Oumar Kéléfa" in text


def test_check_of_an_empty_page_and_of_a_source_without_feed_says_what_to_do(tmp_path):
    (tmp_path / "empty.html").write_bytes(b"")
    done = chancery("check", tmp_path / "empty.html")
    assert done.returncode == 1 and "empty.html" in done.stderr and "found an empty page" in done.stderr
    done = chancery("check", "mli_amap", cwd=tmp_path)
    assert done.returncode == 1 and "--verify" in done.stderr
    done = chancery("check", "mli_amap", "--verify", cwd=tmp_path)
    assert done.returncode == 1 and "contact" in done.stderr


def test_what_a_page_prints_can_not_steer_the_terminal():
    assert plain("a\x1b[31mred\x07\u202eb") == "a [31mred  b"
