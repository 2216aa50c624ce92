"""Questions: answered with names and types, closed to everything outside the file, and the cookbook always runs."""

from datetime import timedelta

import pytest
from invented import NOW, SOURCES, reading, record, visit, whole_batch

from warehouse import QueryError, examples, open_catalogue, publish, run_query


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """A published file with visits of every kind that the examples ask for."""
    archive = tmp_path_factory.mktemp("archive")
    kept, public = archive / "catalogue.duckdb", archive / "chancery.duckdb"
    told = [
        ("dza_phare", visit(status="concluded", agreements=[{"text": "accord de pêche", "status": "signed"}])),
        ("mli_temoin", visit(committee={"name": "Grande commission mixte", "session_number": "3e", "previous": None})),
        (
            "sen_vigie",
            visit(
                host_country="SEN",
                status="announced",
                start_on={"value": "2026-01-05", "precision": "day", "basis": "stated", "text": "le 5"},
            ),
        ),
        ("sen_vigie", visit(host_country="NER", status="postponed")),
        ("dza_phare", visit(host_country="NER", status="postponed", kind="official")),
        (
            "sen_vigie",
            visit(
                visitor_country="SEN",
                host_country="NER",
                visitor_office="head_of_state",
                status="announced",
                start_on={"value": "2026-03-20", "precision": "day", "basis": "stated", "text": "le 20"},
            ),
        ),
        (
            "sen_vigie",
            visit(
                visitor_country="SEN",
                host_country="MLI",
                visitor_office="head_of_state",
                status="announced",
                start_on={"value": "2026-03-21", "precision": "day", "basis": "stated", "text": "le 21"},
            ),
        ),
        (
            "sen_vigie",
            visit(visitor_country="SEN", host_country="DZA", visitor_name="Awa Fall", visitor_office="minister"),
        ),
    ]
    with open_catalogue(kept) as catalogue:
        catalogue.register_sources(SOURCES)
        catalogue.begin_run("r1", "ingest", NOW, {})
        catalogue.load(whole_batch())
        catalogue.begin_run("r2", "ingest", NOW + timedelta(days=1), {})
        catalogue.load({"run_sources": [{**whole_batch()["run_sources"][0], "run_id": "r2", "new": 0}]})
        catalogue.load(
            {
                "readings": [
                    reading(f"https://a.example/{n}", source=source, record=record(one))
                    for n, (source, one) in enumerate(told)
                ]
            }
        )
        catalogue.resolve()
    publish(kept, public)
    return public


def test_an_answer_has_names_types_and_rows(path):
    answer = run_query(
        path, "SELECT visitor_country, report_count, start_on FROM visits ORDER BY report_count DESC", limit=2
    )
    assert answer.columns == ("visitor_country", "report_count", "start_on")
    assert answer.types == ("VARCHAR", "INTEGER", "DATE")
    assert len(answer.rows) == 2 and answer.rows[0][:2] == ("DZA", 3) and answer.is_cut
    assert not run_query(path, "FROM sources", limit=3).is_cut


@pytest.mark.parametrize(
    "sql",
    [
        "FROM visits",
        "WITH v AS (FROM visits) FROM v",
        "DESCRIBE visits",
        "SUMMARIZE visits",
        "SHOW TABLES",
        "EXPLAIN SELECT 1",
        "VALUES (1)",
        "SELECT first_captured_at FROM articles;",
    ],
)
def test_questions_are_answered(path, sql):
    assert run_query(path, sql).rows


@pytest.mark.parametrize(
    "sql",
    [
        "COPY visits TO 'out.csv'",
        "COPY (SELECT 1) TO 'out.parquet'",
        "EXPLAIN ANALYZE COPY visits TO 'out.csv'",
        "EXPORT DATABASE 'out'",
        "ATTACH 'other.duckdb'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM 'https://le-temoin.example/a.parquet'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET memory_limit = '100GB'",
        "SET enable_external_access = true",
        "RESET lock_configuration",
        "PRAGMA enable_profiling",
        "CREATE TABLE mine (n INTEGER)",
        "CREATE TEMP TABLE mine (n INTEGER)",
        "DROP TABLE visits",
        "DELETE FROM visits",
        "INSERT INTO visits SELECT * FROM visits",
        "UPDATE visits SET kind = 'state'",
        "CALL pragma_version()",
        "CHECKPOINT",
        "USE memory",
        "SELECT 1; DROP TABLE visits",
        "SELECT set_config('memory_limit', '1GB')",
    ],
)
def test_nothing_else_is(path, sql, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(QueryError):
        run_query(path, sql)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("SELECT FROM WHERE", "Parser Error"),
        ("", "there is none"),
        ("SELECT 1; SELECT 2", "there are 2"),
        ("FROM visit", "SELECT \\* FROM dictionary"),
        ("SELECT visitor FROM visits", "visitor_"),
        ("SELECT * FROM read_csv('/etc/passwd')", "nothing outside the published file"),
        ("COPY visits TO 'x'", "COPY is no question"),
    ],
)
def test_errors_help(path, sql, words):
    with pytest.raises(QueryError, match=words):
        run_query(path, sql)


def test_time_and_memory_are_bounded(path):
    with pytest.raises(QueryError, match=r"no answer within 0\.3 s"):
        run_query(path, "SELECT count(*) FROM range(100000000000) AS a", seconds=0.3)
    with pytest.raises(QueryError, match="Ask for less"):
        run_query(path, "SELECT list(range) FROM range(50000000)", memory="40MB")


def test_a_missing_or_damaged_file_is_named(tmp_path):
    with pytest.raises(QueryError, match="there is no published file"):
        run_query(tmp_path / "none.duckdb", "SELECT 1")
    (tmp_path / "bad.duckdb").write_text("x" * 9999)
    with pytest.raises(QueryError, match="publish it again"):
        run_query(tmp_path / "bad.duckdb", "SELECT 1")


def test_there_are_a_dozen_questions_with_what_their_answers_mean():
    found = examples()
    assert len(found) >= 12
    for name, question, sql in found:
        assert question.endswith("?") and name[:2].isdigit() and sql
    assert all(len(example.meaning) > 40 for example in found)


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_each_question_of_the_cookbook_has_an_answer(path, example):
    answer = run_query(path, example.sql)
    assert answer.rows, example.question
