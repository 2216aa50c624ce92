"""Parts of the shelves moved, thinned and measured: identity, budget, and what is kept for how long."""

import asyncio
import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest
from archives import ask, contents, differences, sample_settings
from typer.testing import CliRunner

import flows.room
from flows.cli import app
from flows.desk import Order
from flows.errors import RunError, SettingsError
from flows.moving import Selection, export_shelves, import_shelves
from flows.room import check_room, retire
from flows.run import run_ingest
from flows.settings import Keep, load_settings
from flows.shelves import Stocktaking, check_shelves
from warehouse import Stacks, StacksError, open_catalogue, read_selection

WHERE = "WHERE source = 'sen_corniche'"
AT = datetime(2026, 3, 1, tzinfo=UTC)
BODY = b"<p>Une page qui ne change pas</p>" * 60


def of_one_paper(archive):
    return {
        "captures": ask(
            archive,
            f"SELECT url, final_url, source, kind, captured_at, status, digest, charset, run_id FROM captures {WHERE} ORDER BY ALL",
        ),
        "fetches": ask(archive, f"SELECT * FROM fetches {WHERE} ORDER BY ALL"),
        "articles": ask(archive, f"SELECT * FROM articles {WHERE} ORDER BY ALL"),
        "revisions": ask(
            archive,
            f"SELECT * FROM article_revisions WHERE article_id IN (SELECT article_id FROM articles {WHERE}) ORDER BY ALL",
        ),
        "reports": ask(
            archive, f"SELECT * FROM reports WHERE article_id IN (SELECT article_id FROM articles {WHERE}) ORDER BY ALL"
        ),
    }


def test_a_selection_moves_with_its_identity_and_twice_is_once(shelved, tmp_path):
    output = tmp_path / "part.warc.gz"
    done = CliRunner().invoke(
        app, ["shelves", "export", str(output), "--source", "sen_corniche", "--archive", str(shelved.archive)]
    )
    assert done.exit_code == 0, done.output
    other = sample_settings(tmp_path / "other", 9)
    counts = asyncio.run(import_shelves(other, output, tell=print))
    wanted = of_one_paper(shelved.archive)
    assert counts["new"] == counts["documents"] >= len(wanted["captures"]) == counts["loaded"] > 5
    assert not differences(of_one_paper(other.archive), wanted)
    before = contents(other.archive)
    again = asyncio.run(import_shelves(other, output, tell=print))
    assert (again["new"], again["loaded"]) == (0, 0) and not differences(contents(other.archive), before)
    assert not list(check_shelves(other, Stocktaking()))


def test_a_selection_is_of_days_sources_and_addresses(tmp_path):
    settings = sample_settings(tmp_path / "archive", 9)
    with Stacks(settings.shelves) as stacks:
        marks = []
        for n in range(4):
            url, held = f"https://a.example/{n % 2}", marks[0] if n == 2 else None
            marks.append(
                stacks.put(
                    url=url,
                    final_url=url,
                    status=200,
                    headers=(),
                    body=BODY,
                    captured_at=AT + timedelta(days=n),
                    source=f"mli_{n}",
                    held=held,
                )
            )
    output = tmp_path / "part.warc.gz"
    for selection, expected in (
        (Selection(), 4),
        (Selection(("mli_1", "mli_3")), 2),
        (Selection(since=date(2026, 3, 2), until=date(2026, 3, 3)), 2),
        (Selection(urls=frozenset({"https://a.example/0"})), 2),
        (Selection(("mli_2",)), 1),
    ):
        assert export_shelves(settings, output, selection) == expected
        assert [document.body for document in read_selection(output)] == [BODY] * expected, (
            "a revisit takes its body with it"
        )
    with pytest.raises(RunError, match="nothing"):
        export_shelves(settings, tmp_path / "none.warc.gz", Selection(("no_such",)))
    assert not (tmp_path / "none.warc.gz").exists()
    output.write_bytes(output.read_bytes()[:-9])
    with pytest.raises(StacksError, match="ingest --warc"):
        list(read_selection(output))


def keeping(settings, **values):
    return dataclasses.replace(settings, keep=Keep(**values))


def test_a_run_that_would_pass_the_budget_does_not_begin(shelved, tmp_path):
    used = sum(flows.room._sizes(shelved.archive))
    check_room(keeping(shelved, disk_budget_bytes=used + 50_000_000), tell=print)
    with pytest.raises(RunError, match="disk_budget_bytes"):
        check_room(keeping(shelved, disk_budget_bytes=used + 1_000), tell=print)
    with pytest.raises(RunError, match="least_free_bytes"):
        asyncio.run(run_ingest(keeping(shelved, least_free_bytes=10**17), Order(("sen_corniche",))))
    check_room(keeping(sample_settings(tmp_path / "new" / "archive", 9), disk_budget_bytes=1), tell=print)
    assert not (tmp_path / "new").exists()


def test_settings_of_keeping_are_read_and_checked():
    assert load_settings(environment={"CHANCERY_KEEP_PAGE_DAYS": "30"}).keep.page_days == 30
    with pytest.raises(SettingsError, match="KEEP_FEED_DAYS"):
        load_settings(environment={"CHANCERY_KEEP_FEED_DAYS": "-1"})


def test_old_captures_go_and_what_is_latest_or_referred_to_stays(tmp_path):
    settings = keeping(sample_settings(tmp_path / "archive", 9), page_days=30)
    rows, marks = [], []
    with Stacks(settings.shelves) as stacks, open_catalogue(settings.catalogue) as catalogue:
        # one page that never changes, one that changed twice, one that was seen once, a feed
        for url, body, days, kind in (
            ("https://a.example/same", BODY, 0, "page"), ("https://a.example/same", BODY, 90, "page"), ("https://a.example/new", b"1" * 2000, 0, "page"),
            ("https://a.example/new", b"2" * 2000, 1, "page"), ("https://a.example/new", b"3" * 2000, 90, "page"), ("https://a.example/once", b"4" * 2000, 0, "page"),
            ("https://a.example/feed", b"5" * 2000, 0, "feed"), ("https://a.example/feed", b"6" * 2000, 90, "feed"),
        ):  # fmt: skip
            at = AT + timedelta(days=days)
            mark = stacks.put(
                url=url,
                final_url=url,
                status=200,
                headers=(),
                body=body,
                captured_at=at,
                source="mli_x",
                kind=kind,
                held=marks[0] if marks else None,
            )
            marks.append(mark)
            rows.append({"url": url, "final_url": url, "source": "mli_x", "kind": kind, "captured_at": at, "status": 200, "digest": stacks.get(mark).digest,
                         "shelf_file": mark.file, "shelf_offset": mark.offset, "shelf_length": mark.length, "shelf_span": mark.span, "charset": None, "run_id": "r"})  # fmt: skip
        catalogue.load({"captures": rows})
    now = AT + timedelta(days=100)
    assert retire(settings, now, tell=print) == (2, 1) and retire(settings, now, tell=print) == (0, 0)
    left = ask(settings.archive, "SELECT url, count(*) FROM captures GROUP BY url ORDER BY url")
    assert left == [
        ("https://a.example/feed", 2),
        ("https://a.example/new", 1),
        ("https://a.example/once", 1),
        ("https://a.example/same", 2),
    ]
    assert not list(check_shelves(settings, Stocktaking()))
    with Stacks(settings.shelves) as stacks:
        assert stacks.get(marks[1]).body == BODY
    with pytest.raises(RunError, match="kept for ever"):
        retire(keeping(settings), now, tell=print)
