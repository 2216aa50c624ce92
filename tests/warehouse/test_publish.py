"""The analysts' file: facts and short evidence only, swapped in whole, while others read on."""

import os
import subprocess
import sys
import threading
import time

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import BODY, HOURS, NOW, SOURCES, reading, record, visit, whole_batch

from warehouse import PublishError, open_catalogue, publish, run_query
from warehouse.spans import LEAST, LONGEST, SHARE, cut, shown


@pytest.fixture
def archive(tmp_path):
    """A folder with a catalogue that holds one article."""
    with open_catalogue(tmp_path / "catalogue.duckdb") as catalogue:
        catalogue.register_sources(SOURCES)
        catalogue.begin_run("r1", "ingest", NOW, {"folder": "/somewhere/private"})
        catalogue.load(whole_batch())
        catalogue.resolve()
    return tmp_path


def published(archive, **values):
    return publish(archive / "catalogue.duckdb", archive / "chancery.duckdb", **values)


def ask(archive, sql):
    answer = run_query(archive / "chancery.duckdb", sql)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def load(archive, *readings):
    with open_catalogue(archive / "catalogue.duckdb") as catalogue:
        catalogue.load({"readings": readings})
        catalogue.resolve()


def test_it_holds_facts_and_says_what_they_mean(archive):
    report = published(archive)
    assert report.changed and report.tables["articles"] == report.tables["visits"] == report.tables["reports"] == 1
    [article] = ask(archive, "FROM articles")
    assert (article["headline"], article["url"], article["revision_count"]) == (
        "Arrivée du ministre à Bamako",
        "https://le-temoin.example/1",
        1,
    )
    assert article["body_length"] == len(BODY) and article["source_country"] == "MLI"
    about = {row["key"]: row["value"] for row in ask(archive, "FROM about")}
    assert about["is_sample"] == "False" and "character" in about["evidence_rule"] and about["rows_visits"] == "1"
    assert ask(archive, "SELECT table_name, column_name FROM dictionary WHERE meaning IS NULL") == []
    assert (
        ask(
            archive,
            "SELECT table_name FROM duckdb_tables() WHERE comment IS NULL UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL",
        )
        == []
    )
    assert [row["articles"] for row in ask(archive, "FROM coverage WHERE articles > 0")] == [1]


def test_an_article_that_its_paper_took_back_is_marked_and_stays(archive):
    def asked(outcome, hours, *, is_news, url="https://le-temoin.example/1"):
        fetch = {**whole_batch()["fetches"][0], "url": url, "asked_at": NOW + hours * HOURS, "outcome": outcome}
        with open_catalogue(archive / "catalogue.duckdb") as catalogue:
            catalogue.load({"fetches": [fetch]})
        assert published(archive).changed is is_news
        [article] = ask(archive, "SELECT gone_at, headline FROM articles")
        assert article["headline"]
        return article["gone_at"]

    published(archive)
    assert asked("gone", 12, url="https://le-temoin.example/rss", is_news=False) is None, "a feed is no article"
    assert asked("not_modified", 18, is_news=False) is None
    assert asked("gone", 24, is_news=True) == NOW + 24 * HOURS
    assert asked("gone", 48, is_news=False) == NOW + 24 * HOURS, "the day that it was first missed"
    assert asked("not_modified", 72, is_news=True) is None
    assert asked("gone", 96, is_news=True) == NOW + 96 * HOURS, "it had come back in between"


def test_no_text_of_the_article_leaves_the_house(archive):
    published(archive)
    data = (archive / "chancery.duckdb").read_bytes()
    connection = duckdb.connect(str(archive / "chancery.duckdb"), read_only=True)
    everything = ""
    for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
        everything += repr(connection.execute(f"FROM {name}").fetchall())
    for kept in (
        "Awa Traoré-Sidibé",
        "Le ministre à son arrivée",
        "Nos deux pays avancent",
        "Une autre dépêche",
        "reçu par son homologue",
        "/somewhere/private",
    ):
        assert kept not in everything and kept.encode() not in data, kept
    assert "Idrissa Tamboura-Keïra, est arrivé" in everything, "the sentence that shows the visit is evidence"


def test_the_operator_may_publish_texts(archive):
    published(archive, full_text=True)
    [text] = ask(archive, "FROM article_texts")
    assert text["body"] == BODY and text["byline"] == ["Awa Traoré-Sidibé"]
    assert ask(archive, "SELECT text FROM quotations") == [{"text": "Nos deux pays avancent"}]
    assert published(archive, full_text=True).changed is False
    assert published(archive).changed is True
    assert ask(archive, "SELECT count(*) AS n FROM duckdb_tables() WHERE table_name = 'article_texts'") == [{"n": 0}]


def test_evidence_keeps_to_its_share(archive):
    spans = [
        {"text": BODY[a : a + n], "start": a, "end": a + n, "field": field, "rule": None}
        for a, n, field in ((130, 90, "topics"), (0, 123, "visit"), (50, 5, "kind"), (0, 123, "status"))
    ]
    load(
        archive, reading("https://le-temoin.example/7", record=record(visit(evidence=spans), visit(evidence=spans[:1])))
    )
    published(archive)
    rows = ask(
        archive,
        "SELECT e.* FROM evidence AS e JOIN articles USING (article_id) WHERE url LIKE '%/7' ORDER BY e.report_id, e.ordinal",
    )
    told = [row for row in rows if "visit" in row["fields"]]
    assert [row["fields"] for row in told] == [["status", "visit"]] and BODY.startswith(told[0]["text"])
    assert sum(len(row["text"] or "") for row in rows) <= len(BODY) // SHARE
    assert len(rows) == 4


@given(
    texts=st.lists(st.text(st.sampled_from("ab é\n"), max_size=400), max_size=8),
    length=st.integers(0, 6000),
)
def test_no_article_shows_more_than_a_tenth(texts, length):
    rows = list(shown({"article_id": "a", "text": text, "body_length": length} for text in texts))
    assert [row["is_cut"] for row in rows] == [row["text"] != text for row, text in zip(rows, texts, strict=True)]
    assert sum(len(row["text"] or "") for row in rows) <= length // SHARE
    for row, text in zip(rows, texts, strict=True):
        assert len(row["text"] or "") <= LONGEST
        if row["text"] and row["is_cut"]:
            assert len(row["text"]) >= LEAST, "bug caught: a second sentence was shown by its first letter"
            assert text.startswith(row["text"]) and text[len(row["text"])].isspace()


def test_a_cut_ends_between_words():
    assert cut("un deux trois", 13) == "un deux trois"
    assert cut("un deux trois", 12) == "un deux" == cut("un deux trois", 7)
    assert cut("un deux trois", 6) == "un"
    assert cut("inconstitutionnel", 5) is None
    assert cut("un deux", 0) is None


def test_only_a_change_replaces_the_file(archive):
    published(archive)
    before = os.stat(archive / "chancery.duckdb")
    assert published(archive).changed is False
    load(archive, reading(at=NOW + HOURS))
    assert published(archive).changed is False
    assert os.stat(archive / "chancery.duckdb").st_ino == before.st_ino
    load(archive, reading(at=NOW + 2 * HOURS, record=record(visit(status="concluded"), body=BODY + "Fin.")))
    assert published(archive).changed is True
    assert ask(archive, "SELECT status FROM visits") == [{"status": "concluded"}]
    assert [row["revision_count"] for row in ask(archive, "FROM articles")] == [2]


@pytest.mark.parametrize("damage", ["", "no database at all" * 999])
def test_a_damaged_file_in_place_is_replaced(archive, damage):
    (archive / "chancery.duckdb").write_text(damage)
    assert published(archive).changed is True
    assert len(ask(archive, "FROM articles")) == 1


def test_leftovers_of_a_killed_publication_are_swept(archive):
    stale = archive / ".chancery.duckdb.99999.new"
    stale.write_text("half")
    published(archive)
    assert not stale.exists()
    assert sorted(path.name for path in archive.iterdir()) == [
        "catalogue.duckdb",
        "catalogue.duckdb.lock",
        "chancery.duckdb",
    ]


def test_what_can_not_be_published_is_named_and_the_old_file_stays(archive, tmp_path):
    with pytest.raises(PublishError, match="no catalogue"):
        publish(tmp_path / "none.duckdb", tmp_path / "x.duckdb")
    (archive / "taken").write_text("a file where a folder should be")
    with pytest.raises(PublishError, match="publishing"):
        publish(archive / "catalogue.duckdb", archive / "taken" / "chancery.duckdb")


ANALYST = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
print("open", flush=True)
n = 0
for line in sys.stdin:
    for _ in range(20):
        n = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
        connection.execute("SELECT status, count(*) FROM visits JOIN visit_reports USING (visit_id) GROUP BY ALL").fetchall()
    print(n, flush=True)
"""


def test_an_analyst_who_keeps_the_file_open_and_the_ingest_never_wait_for_each_other(archive):
    published(archive)
    analyst = subprocess.Popen(
        [sys.executable, "-c", ANALYST, str(archive / "chancery.duckdb")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    answers, stop = [], threading.Event()

    def keep_asking():
        while not stop.is_set():
            analyst.stdin.write("go\n")
            answers.append((time.monotonic(), int(analyst.stdout.readline())))
            time.sleep(0.05)  # an analyst thinks; asking without a pause would only take the core from the publisher

    try:
        assert analyst.stdout.readline() == "open\n"
        asking = threading.Thread(target=keep_asking)
        asking.start()
        began = time.monotonic()
        for n in range(2, 5):
            load(archive, reading(f"https://le-temoin.example/{n}"))
            assert published(archive).changed is True
            assert ask(archive, "SELECT count(*) AS n FROM articles") == [{"n": n}], (
                "who opens it now reads the new file"
            )
        ended = time.monotonic()
        stop.set()
        asking.join(60)
        assert ended - began < 120
        during = [count for at, count in answers if began < at < ended]
        assert len(during) >= 3 and set(during) == {1}, "who had it open reads on in the old one"
    finally:
        stop.set()
        analyst.kill()
        analyst.wait(10)
        analyst.stdin.close()
        analyst.stdout.close()


def test_kill_9_while_publishing_leaves_the_old_file_whole(archive):
    published(archive)
    load(archive, *(reading(f"https://le-temoin.example/{n}") for n in range(2, 400)))
    code = "import sys, pathlib, warehouse; a = pathlib.Path(sys.argv[1]); print('go', flush=True); warehouse.publish(a / 'catalogue.duckdb', a / 'chancery.duckdb')"
    for delay in (0.05, 0.25):
        process = subprocess.Popen([sys.executable, "-c", code, str(archive)], stdout=subprocess.PIPE, text=True)
        assert process.stdout.readline() == "go\n"
        time.sleep(delay)
        process.kill()
        process.wait(10)
        process.stdout.close()
        assert ask(archive, "SELECT count(*) AS n FROM articles")[0]["n"] in (1, 399)
    published(archive)
    assert ask(archive, "SELECT count(*) AS n FROM articles") == [{"n": 399}]
