"""`chancery read` as a shell sees it: one line a page, in order, whatever the page is."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import extractors
from flows import reading
from flows.manifest import count_pages, page_tasks
from flows.pool import ReadingPool
from flows.reading import PageTask, read_stream

CHANCERY = Path(sys.executable).with_name("chancery")
needs_readers = pytest.mark.skipif(
    not all(hasattr(extractors, name) for name in ("read_article", "read_text", "read_visits")),
    reason="the readers are not there yet",
)
PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Le ministre Oumar Kéléfa reçu à Nouakchott</title>
<meta property="article:published_time" content="2025-03-04T10:00:00+00:00"></head><body><article>
<h1>Le ministre Oumar Kéléfa reçu à Nouakchott</h1>
<p>Le ministre malien des Affaires étrangères, Oumar Kéléfa, est arrivé mardi à Nouakchott pour une visite officielle de
deux jours en Mauritanie, a indiqué un communiqué du ministère.</p>
<p>Il doit rencontrer son homologue mauritanien, Sidi Ould Tachefine, pour parler de commerce et de transport.</p>
</article></body></html>"""


def chancery(*words, cwd=None):
    return subprocess.run(
        [CHANCERY, *map(str, words)], capture_output=True, text=True, timeout=120, encoding="utf-8", cwd=cwd
    )


@pytest.fixture
def manifest(tmp_path):
    """Every kind of line: good, packed, text, missing, random bytes, no JSON, no path, a wrong type."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/good.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "pages/packed.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (tmp_path / "pages/broken.html.gz").write_bytes(gzip.compress(PAGE.encode())[:60])
    (tmp_path / "pages/text.txt").write_text(
        "Le ministre Oumar Kéléfa reçu à Nouakchott\n\nLe ministre malien est arrivé mardi.\n", encoding="utf-8"
    )
    (tmp_path / "pages/empty.html").write_bytes(b"")
    (tmp_path / "pages/random.html").write_bytes(bytes(range(256)) * 40)
    rows = [
        {"id": "good", "path": "pages/good.html", "url": "https://le-temoin.example/a"},
        {"id": "packed", "path": "pages/packed.html.gz", "url": None},
        {"id": "broken", "path": "pages/broken.html.gz"},
        {"id": "text", "path": "pages/text.txt", "published_on": "2025-03-04", "language": "fr", "note": "unknown key"},
        {"id": "empty", "path": "pages/empty.html"},
        {"id": "random", "path": "pages/random.html"},
        {"id": "gone", "path": "pages/gone.html"},
        "no object",
        {"id": "pathless"},
        {"id": "typed", "path": 5},
    ]
    path = tmp_path / "manifest.jsonl"
    path.write_text("\n".join([*map(json.dumps, rows), "{torn", ""]), encoding="utf-8")
    return path


def test_manifest_lines_are_tasks_even_where_they_are_wrong(manifest):
    tasks = list(page_tasks([manifest, Path("x/one.html.gz")], max_bytes=1000))
    assert len(tasks) == count_pages([manifest]) + 1 == 12
    assert [task.id for task in tasks[-6:]] == ["gone", None, "pathless", "typed", None, "one"]
    assert [bool(task.problem) for task in tasks] == [False] * 7 + [True] * 4 + [False]
    assert tasks[0].path == manifest.parent / "pages/good.html" and tasks[3].language == "fr"
    assert f"{manifest}:8" in tasks[7].problem and "`path`" in tasks[8].problem and "path is 5" in tasks[9].problem


@needs_readers
def test_every_line_gives_a_record_in_order_and_errors_say_why(manifest, tmp_path):
    done = chancery("read", manifest, "--output", tmp_path / "deep/out.jsonl", "--jobs", "2")
    assert done.returncode == 1, done.stderr
    records = [json.loads(line) for line in (tmp_path / "deep/out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [r["id"] for r in records] == [
        "good", "packed", "broken", "text", "empty", "random", "gone", None, "pathless", "typed", None,
    ]  # fmt: skip
    good = records[0]
    assert good["headline"] == "Le ministre Oumar Kéléfa reçu à Nouakchott" and good["published_on"] == "2025-03-04"
    assert [(v["visitor_country"], v["host_country"]) for v in good["visits"]] == [("MLI", "MRT")]
    assert {**records[1], "id": "good", "url": good["url"], "related": good["related"]} == good
    assert records[3]["headline"] == good["headline"] and records[3]["published_on"] == "2025-03-04"
    # random bytes may be read as a page without words, but never as an article
    assert [r["id"] for r in records if "error" not in r and r["id"] != "random"] == ["good", "packed", "text"]
    assert not records[5]["headline"] and not records[5]["visits"]
    assert all(set(r) - {"error"} == set(good) for r in records)
    assert " of 11 pages could not be read" in done.stderr and os.listdir(tmp_path / "deep") == ["out.jsonl"]


@needs_readers
def test_records_go_to_standard_output_and_alone_there(manifest):
    done = chancery("read", manifest.parent / "pages/good.html")
    assert done.returncode == 0 and done.stderr == ""
    (line,) = done.stdout.splitlines()
    assert json.loads(line)["id"] == "good" and "é" in line


def test_bad_usage_is_said(tmp_path):
    assert chancery("read", tmp_path / "none.jsonl").returncode == 2
    (tmp_path / "chancery.toml").write_text("[limits]\npages = 5\n")
    (tmp_path / "a.html").write_text(PAGE)
    done = chancery("read", "a.html", cwd=tmp_path)
    assert done.returncode == 2 and "limits.pages" in done.stderr and "Traceback" not in done.stderr


@needs_readers
def test_a_stuck_batch_is_read_again_page_by_page(monkeypatch):
    monkeypatch.setattr(reading, "BATCH_PAGES", 2)  # a worker is started anew for each of them
    tasks = [PageTask(id=str(n), data=PAGE.encode(), url=f"https://a.example/{n}") for n in range(3)]
    with ReadingPool(jobs=1, deadline_seconds=0.000_1) as pool:
        records = list(read_stream(pool, tasks))
    assert [r["id"] for r in records] == [t.id for t in tasks]
    assert all("its worker was ended" in r["error"] for r in records)


SHARED = Path(__file__).resolve().parents[3] / "shared"


@needs_readers
@pytest.mark.slow
def test_the_development_pages_are_read_to_the_end(tmp_path):
    """Every third of them: the benchmarks' floors read all."""
    manifests = [SHARED / "dev" / name / "manifest.jsonl" for name in ("pages", "visits_real")]
    if not all(manifest.is_file() for manifest in manifests):
        pytest.skip("the development pages are not beside the house")
    lines = [
        (manifest.parent, json.loads(line))
        for manifest in manifests
        for line in manifest.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ][::3]
    sampled = [{**line, "path": str(folder / line["path"])} for folder, line in lines]
    (tmp_path / "manifest.jsonl").write_text("\n".join(map(json.dumps, sampled)), encoding="utf-8")
    chancery("read", tmp_path / "manifest.jsonl", "--output", tmp_path / "out.jsonl", "--jobs", "2")
    wanted = [line["id"] for line in sampled]
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [r["id"] for r in found] == wanted
    assert not [r["error"] for r in found if "the reader failed" in r.get("error", "")]
