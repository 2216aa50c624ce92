"""The catalogue: batches are whole or absent, twice is once, one process writes, a newer one is left alone."""

import hashlib
import itertools
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import BODY, HOURS, NOW, content, reading, record, source, table, visit, whole_batch

from warehouse import (
    CatalogueBusyError,
    CatalogueError,
    CatalogueVersionError,
    LoadCounts,
    LoadError,
    MixedArchiveError,
    open_catalogue,
)
from warehouse.migrate import SCHEMA_VERSION, migrate
from warehouse.statements import scripts


def test_a_batch_is_counted_and_twice_is_once(catalogue):
    assert catalogue.load(whole_batch()) == LoadCounts(articles_new=1, reports=1, rejects=1)
    before = content(catalogue)
    assert catalogue.load(whole_batch()) == LoadCounts(articles_unchanged=1)
    assert content(catalogue) == before


def test_every_part_of_a_record_has_its_row(catalogue):
    coded = visit(
        committee={
            "name": "Grande commission mixte",
            "session_number": "3e",
            "previous": {"place": "Alger", "date_text": "juin 2021"},
        },
        delegation=["Salif Ouattara-Ba"],
        agreements=[{"text": "accord sur les transports", "status": "signed"}],
        outcomes=["joint_communique"],
        end_on={"value": "2026-03", "precision": "month", "basis": "stated", "text": "fin mars"},
    )
    catalogue.load({"readings": [reading(record=record(coded))]})
    [report] = table(catalogue, "reports")
    assert (report["committee_name"], report["committee_session_number"]) == ("Grande commission mixte", "3e")
    assert (report["committee_previous_place"], report["committee_previous_date_text"]) == ("Alger", "juin 2021")
    assert (str(report["start_on"]), report["start_on_value"]) == ("2026-03-10", "2026-03-10")
    assert (str(report["end_on"]), report["end_on_value"], report["end_on_precision"]) == (
        "2026-03-31",
        "2026-03",
        "month",
    )
    roles = {(p["role"], p["name"], p["country"], p["report_ordinal"]) for p in table(catalogue, "report_participants")}
    assert roles == {
        ("visitor", "Nadir Benkhelif", "DZA", 1),
        ("delegation", "Salif Ouattara-Ba", "DZA", 1),
        ("other_person", "Mariam Coulibaly-Sow", "MLI", 0),
    }
    for name, count in {
        "report_topics": 2,
        "report_cities": 1,
        "report_agreements": 1,
        "report_outcomes": 1,
        "evidence": 2,
        "quotations": 1,
        "related_links": 1,
    }.items():
        assert len(table(catalogue, name)) == count, name
    [revision] = table(catalogue, "article_revisions")
    assert revision["byline"] == ["Awa Traoré-Sidibé"] and revision["repairs"] == [
        {"from": "£uvre", "to": "œuvre", "count": 1}
    ]
    assert revision["published_at"].isoformat() == "2026-03-10T08:30:00+00:00"
    assert revision["published_at_text"] == "2026-03-10T09:30:00+01:00"


def test_a_changed_article_is_a_new_revision_and_only_its_reports_count(catalogue):
    catalogue.load({"readings": [reading()]})
    changed = reading(at=NOW + HOURS, record=record(visit(status="concluded"), body=BODY + "Fin."))
    assert catalogue.load({"readings": [changed]}) == LoadCounts(revisions_new=1, reports=1)
    assert len(table(catalogue, "reports")) == 2
    assert [r["status"] for r in table(catalogue, "current_reports")] == ["concluded"]
    assert [(h["cause"], h["is_current"]) for h in table(catalogue, "revision_history")] == [
        ("first", False),
        ("text_changed", True),
    ]


def test_revisions_end_the_same_in_whatever_order_they_are_loaded(tmp_path):
    readings = [
        reading(at=NOW + n * HOURS, record=record(visit(), body=BODY + text))
        for n, text in enumerate(("a", "b", "a", "c"))
    ]
    found = []
    for n, order in enumerate(([0, 1, 2, 3], [3, 1, 0, 2], [2, 0, 3, 1])):
        with open_catalogue(tmp_path / f"{n}.duckdb") as catalogue:
            for place in order:
                catalogue.load({"readings": [readings[place]]})
            catalogue.resolve()
            found.append({name: rows for name, rows in content(catalogue).items() if name != "unresolved_dyads"})
    assert found[0] == found[1] == found[2]
    with open_catalogue(tmp_path / "0.duckdb") as catalogue:
        assert len(table(catalogue, "article_revisions")) == 3


@pytest.mark.parametrize(
    "change",
    [
        {"related": []},
        {"modified_at": "2026-03-10T20:00:00+01:00"},
        {"visits": [visit(evidence=[{**visit()["evidence"][0], "rule": "renamed"}, visit()["evidence"][1]])]},
    ],
)
def test_what_says_the_same_is_no_revision(catalogue, change):
    catalogue.load({"readings": [reading()]})
    again = reading(at=NOW + HOURS, record={**record(visit()), **change})
    assert catalogue.load({"readings": [again]}) == LoadCounts(articles_unchanged=1)
    [article] = table(catalogue, "articles")
    assert article["last_captured_at"] == NOW + HOURS


def test_a_better_reader_makes_a_revision_that_says_why(catalogue):
    catalogue.load({"readings": [reading()]})
    catalogue.load({"readings": [reading(reader_version="2", record=record(visit(kind="official")))]})
    assert {h["cause"] for h in table(catalogue, "revision_history")} == {"first", "read_again"}
    assert [r["kind"] for r in table(catalogue, "current_reports")] == ["official"]


def test_dates_that_are_none_are_left_out_and_told(catalogue):
    coded = visit(start_on={"value": "2026-13-40", "precision": "day", "basis": "stated", "text": "le 40"})
    counts = catalogue.load({"readings": [reading(record=record(coded, published_on="demain"))]})
    assert counts.reports == 1 and counts.rejects == 2
    assert {(r["level"], r["stage"]) for r in table(catalogue, "rejects")} == {("field", "load")}
    assert table(catalogue, "reports", "start_on")[0]["start_on"] is None


def test_a_record_with_an_error_is_a_reject(catalogue):
    counts = catalogue.load({"readings": [reading(record={"error": "page: no text"})]})
    assert counts == LoadCounts(rejects=1)
    assert not table(catalogue, "articles")


@pytest.mark.parametrize(
    ("batch", "words"),
    [
        ({"pages": []}, "no such key pages"),
        ({"fetches": [{"url": "https://a.example/"}]}, "asked_at"),
        ({"captures": [{**whole_batch()["captures"][0], "colour": 1}]}, "no column colour"),
        ({"captures": [{**whole_batch()["captures"][0], "captured_at": NOW.replace(tzinfo=None)}]}, "zone"),
        ({"captures": [{**whole_batch()["captures"][0], "shelf_offset": "x"}]}, "wrong type"),
        ({"rejects": [{**whole_batch()["rejects"][0], "level": "galaxy"}]}, "does not fit"),
        ({"readings": [reading(record=record(visit(kind="jolly")))]}, "does not fit"),
        ({"readings": [reading(record=record(visit(evidence=[{}])))]}, "'field'"),
    ],
)
def test_a_row_that_does_not_fit_is_named_and_nothing_is_kept(catalogue, batch, words):
    before = content(catalogue)
    with pytest.raises(LoadError, match=words):
        catalogue.load({**{k: v for k, v in whole_batch().items() if k not in batch}, **batch})
    assert content(catalogue) == before
    assert catalogue.load(whole_batch()).articles_new == 1


_texts = st.text(max_size=20)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    headline=st.none() | st.text(st.characters(exclude_categories=()), max_size=30),
    body=_texts,
    tags=st.lists(_texts, max_size=3),
    day=st.none() | st.dates().map(str) | _texts,
    start=st.none() | st.dates().map(lambda d: d.isoformat()[:7]) | _texts,
    url=_texts,
)
def test_any_record_loads_twice_as_once(catalogue, headline, body, tags, day, start, url):
    coded = visit(start_on={"value": start, "precision": "month", "basis": "stated", "text": start})
    batch = {
        "readings": [
            reading(
                "https://a.example/" + url,
                record=record(coded, headline=headline, body=body, tags=tags, published_on=day),
            )
        ]
    }
    catalogue.load(batch)
    before = content(catalogue)
    assert catalogue.load(batch).articles_new == 0
    assert content(catalogue) == before
    catalogue.resolve()


def test_nothing_hangs_in_the_air(catalogue):
    catalogue.load(whole_batch())
    catalogue.load(
        {"readings": [reading(at=NOW + HOURS, record=record(visit(), visit(host_country="NER"), body="autre"))]}
    )
    catalogue.resolve()
    for child, key, parent in [
        ("article_revisions", "article_id", "articles"), ("reports", "revision_id", "article_revisions"), ("evidence", "report_id", "reports"),
        ("report_topics", "report_id", "reports"), ("report_participants", "revision_id", "article_revisions"), ("visit_reports", "visit_id", "visits"),
        ("visit_reports", "report_id", "reports"), ("quotations", "revision_id", "article_revisions"),
    ]:  # fmt: skip
        assert table(catalogue, child), child
        assert not table(catalogue, f"{child} ANTI JOIN {parent} USING ({key})"), (child, parent)


# sources and runs


def test_sources_are_registered_and_seen_with_their_state(catalogue):
    catalogue.begin_run("r1", "ingest", NOW, {"limit": 5})
    catalogue.load(whole_batch())
    assert catalogue.last_success("mli_temoin") == NOW and catalogue.last_success("dza_phare") is None
    assert catalogue.last_slots() == {"mli_temoin": NOW}
    state = next(row for row in catalogue.source_states() if row["source"] == "mli_temoin")
    assert (state["articles"], state["reports"], state["last_state"], state["is_verified"]) == (1, 1, "done", True)
    assert catalogue.last_changed() == [{"source": "mli_temoin", "last_changed_at": NOW, "revisions": 1}]
    catalogue.end_run("r1", NOW + HOURS, "done", {"articles": 1})
    [run] = catalogue.last_runs()
    assert (run["state"], run["parameters"], run["summary"]) == ("done", '{"limit": 5}', '{"articles": 1}')
    [reject] = catalogue.rejects_by_reason("r1")
    assert (reject["reason"], reject["count"]) == ("no text", 1)
    with pytest.raises(CatalogueError, match="never began"):
        catalogue.end_run("r9", NOW, "done", {})


def test_a_killed_run_stays_running_and_counts_as_no_success(catalogue):
    catalogue.begin_run("r1", "ingest", NOW, {})
    batch = whole_batch()
    catalogue.load({**batch, "run_sources": [{**batch["run_sources"][0], "state": "failed"}]})
    assert catalogue.last_runs()[0]["ended_at"] is None
    assert catalogue.last_success("mli_temoin") is None


def test_sample_and_real_sources_never_mix(tmp_path):
    with open_catalogue(tmp_path / "c.duckdb") as catalogue:
        assert catalogue.is_sample is None
        with pytest.raises(MixedArchiveError, match="both were given"):
            catalogue.register_sources([source(is_sample=True), source("dza_phare")])
        catalogue.register_sources([source(is_sample=True)])
        assert catalogue.is_sample is True
        with pytest.raises(MixedArchiveError, match="it holds the sample"):
            catalogue.register_sources([source("dza_phare")])
        catalogue.load(whole_batch())
        catalogue.resolve()
        assert all(table(catalogue, name)[0]["is_sample"] for name in ("articles", "reports", "visits"))


# what is due


def test_what_is_new_is_due_and_what_was_just_seen_is_not(catalogue):
    catalogue.load(whole_batch())
    urls = ["https://le-temoin.example/1", "https://le-temoin.example/9"]
    assert catalogue.due(urls, NOW + HOURS) == {urls[1]}
    assert catalogue.due([], NOW) == set()
    assert catalogue.validators(urls) == {urls[0]: ('"a"', None)}


def looks_at(catalogue, outcome_of, days):
    """When a page is looked at if it is asked for all the time, at first every half hour, later with less care."""
    url, looks, now = "https://a.example/1", [], NOW
    while now < NOW + timedelta(days=days):
        if catalogue.due([url], now):
            looks.append(now)
            catalogue.load(
                {
                    "fetches": [
                        {**whole_batch()["fetches"][0], "url": url, "asked_at": now, "outcome": outcome_of(len(looks))}
                    ]
                }
            )
        now += max(HOURS / 2, (now - looks[-1]) / 10)
    return [(b - a) / HOURS for a, b in itertools.pairwise(looks)], looks


def test_looks_at_a_page_grow_rarer_and_end(catalogue):
    pauses, looks = looks_at(catalogue, lambda n: "ok" if n == 1 else "not_modified", 60)
    assert pauses[0] == 3 and pauses == sorted(pauses) and 5 <= len(looks) <= 10
    assert looks[-1] - NOW < timedelta(days=30)


@pytest.mark.parametrize(("outcome", "first", "most"), [("timeout", 0.5, 11), ("gone", 720, 2)])
def test_failures_are_tried_again_ever_later(catalogue, outcome, first, most):
    pauses, looks = looks_at(catalogue, lambda n: outcome, 59)
    assert first <= pauses[0] <= first * 1.1 and pauses == sorted(pauses)
    assert len(looks) <= most


def test_what_is_reserved_is_not_asked_for_again_for_a_month(catalogue):
    pauses, _ = looks_at(catalogue, lambda n: "tdm_reserved", 59)
    assert pauses[0] >= 720


def fetched(url, outcome, at, kind="page", run="r", **values):
    none = dict.fromkeys(("status", "detail", "bytes", "robots", "reservation", "redirects"))
    return {
        "run_id": run,
        "source": "mli_a",
        "url": url,
        "kind": kind,
        "asked_at": at,
        "outcome": outcome,
        "attempts": 1,
        "seconds": 0.1,
        **none,
        **values,
    }


def test_one_article_under_many_addresses_is_one_with_all_of_them(catalogue):
    own, amp, old = "https://a.example/1", "https://a.example/1/amp", "http://www.a.example/1/"
    for n, url in enumerate((own, amp, old)):
        catalogue.load(
            {"readings": [reading(url, captured_at=NOW + n * HOURS, listed_url=url, addresses={url: "a.example/1"})]}
        )
    other = reading(
        "https://a.example/2", listed_url="https://a.example/2", addresses={"https://a.example/2": "a.example/2"}
    )
    catalogue.load({"readings": [other]})
    assert [row["url"] for row in table(catalogue, "articles")] == [own, "https://a.example/2"]
    assert (
        len({row["article_id"] for row in table(catalogue, "article_addresses") if row["identity"] == "a.example/1"})
        == 1
    )
    assert {row["url"] for row in table(catalogue, "article_addresses")} == {own, amp, old, "https://a.example/2"}
    # the same article listed under a fourth spelling was looked at when the others were
    new, later = "http://a.example/1", NOW + 3 * HOURS
    assert catalogue.due([new], later, {new: "a.example/1"}) == set()
    assert catalogue.due([new], later) == catalogue.due([new], NOW + 7 * HOURS, {new: "a.example/1"}) == {new}


def test_an_address_that_led_elsewhere_once_does_not_join_two_articles(catalogue):
    """Bug caught before it was one: while a site was mended all its pages led to its front page."""
    front, page = "https://a.example/", "https://a.example/1"
    catalogue.load({"readings": [reading(front, listed_url=page, addresses={front: "a.example", page: "a.example/1"})]})
    catalogue.load(
        {"readings": [reading(page, listed_url=page, addresses={page: "a.example/1"}, captured_at=NOW + HOURS)]}
    )
    assert {row["url"] for row in table(catalogue, "articles")} == {front, page}


def test_a_retraction_and_a_new_headline_are_revisions_and_the_text_stays(catalogue):
    url = "https://a.example/1"
    catalogue.load({"readings": [reading(url, listed_url=url)]})
    catalogue.load({"fetches": [fetched(url, "gone", NOW + HOURS)]})
    catalogue.load({"fetches": [fetched(url, "gone", NOW + 2 * HOURS)]})
    assert [row["gone_at"] for row in table(catalogue, "gone_articles")] == [NOW + HOURS]
    catalogue.load({"fetches": [fetched(url, "ok", NOW + 5 * HOURS)]})
    catalogue.load(
        {
            "readings": [
                reading(
                    url,
                    listed_url=url,
                    captured_at=NOW + 5 * HOURS,
                    record=record(visit(), headline="Le ministre est reparti"),
                )
            ]
        }
    )
    history = table(catalogue, "revision_history")
    assert [(row["number"], row["cause"], row["is_current"]) for row in history] == [
        (1, "first", False), (2, "gone", False), (3, "headline_changed", True), (4, "back", False)
    ]  # fmt: skip
    assert history[1]["revision_id"] == history[0]["revision_id"] and all(row["revision_id"] for row in history)
    assert not table(catalogue, "gone_articles") and len(table(catalogue, "article_revisions")) == 2


def test_house_rules_hold_as_long_as_they_may(catalogue):
    row = {
        "address": "https://a.example/robots.txt",
        "outcome": "ok",
        "status": 200,
        "body": "User-agent: *",
        "told_at": NOW,
        "holds_until": NOW + 24 * HOURS,
    }
    catalogue.load({"house_rules": [row]})
    assert catalogue.house_rules(NOW + 23 * HOURS) == {row["address"]: ("ok", 200, "User-agent: *")}
    assert catalogue.house_rules(NOW + 24 * HOURS) == catalogue.house_rules(NOW - HOURS) == {}


def at_rest(catalogue, url, at):
    found = catalogue.channels_at_rest([url, "https://a.example/never"], at)
    return {row["url"]: (row["outcome"], row["until_at"] - NOW) for row in found}.get(url)


MINUTES = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("outcome", "rests"),
    [
        ("timeout", [25, 50, 100]),
        ("http_error", [25, 50, 100]),
        ("gone", [50, 200, 800]),
        ("rate_limited", [None, None, None]),
        ("ok", [None] * 3),
    ],
)
def test_a_feed_that_fails_is_asked_ever_more_rarely(catalogue, outcome, rests):
    url, at = "https://a.example/feed", NOW
    for rest in rests:
        catalogue.load({"fetches": [fetched(url, outcome, at, kind="feed")]})
        found = at_rest(catalogue, url, at)
        assert found == (None if rest is None else ("resting", at + rest * MINUTES - NOW))
        at += (rest or 25) * MINUTES
        assert at_rest(catalogue, url, at) is None
    catalogue.load({"fetches": [fetched(url, "ok", at, kind="feed")]})
    assert at_rest(catalogue, url, at) is None, "once it is well all is forgotten"


def test_a_dead_feed_is_asked_once_a_week_and_one_that_is_none_any_more_counts_as_failed(catalogue):
    url = "https://a.example/feed"
    catalogue.load({"fetches": [fetched(url, "gone", NOW - n * HOURS, kind="feed") for n in range(30)]})
    assert at_rest(catalogue, url, NOW) == ("resting", timedelta(days=7))
    page = "https://a.example/rss"
    reject = {
        "run_id": "r",
        "source": "mli_a",
        "url": page,
        "level": "feed",
        "stage": "discover",
        "reason": "HTML",
        "captured_at": NOW,
        "shelf_file": None,
        "shelf_offset": None,
    }
    catalogue.load({"fetches": [fetched(page, "ok", NOW, kind="feed")], "rejects": [reject]})
    assert at_rest(catalogue, page, NOW) == ("resting", 50 * MINUTES)


@pytest.mark.parametrize(
    ("ttl", "until"), [(None, None), (0, None), (3600, timedelta(hours=1)), (10**9, timedelta(days=1))]
)
def test_a_channel_that_named_its_time_is_not_asked_before(catalogue, ttl, until):
    url = "https://a.example/feed"
    catalogue.load(
        {"validators": [{"url": url, "etag": None, "last_modified": None, "checked_at": NOW, "ttl_seconds": ttl}]}
    )
    assert at_rest(catalogue, url, NOW + MINUTES) == (until and ("fresh", until))
    assert at_rest(catalogue, url, NOW + timedelta(days=1)) is None


def test_a_page_is_not_looked_at_again_before_its_time(catalogue):
    url = "https://a.example/1"
    catalogue.load({"readings": [reading(url, listed_url=url)]})
    catalogue.load(
        {"validators": [{"url": url, "etag": None, "last_modified": None, "checked_at": NOW, "ttl_seconds": 6 * 3600}]}
    )
    assert catalogue.due([url], NOW + 5 * HOURS) == set() and catalogue.due([url], NOW + 6 * HOURS) == {url}


def test_hosts_at_rest_are_told_to_the_next_run_and_well_ones_are_not(catalogue):
    rows = [
        {"host": "asked.example", "rest_until": NOW + 2 * HOURS, "failures": 0, "told_at": NOW},
        {"host": "down.example", "rest_until": NOW - HOURS, "failures": 2, "told_at": NOW},
        {"host": "well.example", "rest_until": None, "failures": 0, "told_at": NOW},
    ]
    catalogue.load({"hosts": rows})
    assert catalogue.host_states(NOW) == {"asked.example": (NOW + 2 * HOURS, 0), "down.example": (NOW - HOURS, 2)}
    catalogue.load({"hosts": [{**rows[1], "rest_until": None, "failures": 0, "told_at": NOW + HOURS}]})
    assert catalogue.host_states(NOW + 3 * HOURS) == {}


def test_captures_that_stand_on_the_shelves_are_known(catalogue):
    catalogue.load(whole_batch())
    held = ("https://le-temoin.example/1", NOW, "sha256:AAAA")
    assert catalogue.known_captures([held, (held[0], NOW, "sha256:BBBB"), (held[0], NOW + HOURS, held[2])]) == {held}
    assert catalogue.known_captures([]) == set()


def test_shelved_tells_the_part_without_gaps(catalogue):
    def captures(*spans):
        base = whole_batch()["captures"][0]
        return {
            "captures": [
                {**base, "url": f"https://a.example/{o}", "shelf_file": file, "shelf_offset": o, "shelf_length": n}
                for file, o, n in spans
            ]
        }

    catalogue.load(captures(("a", 1024, 100), ("a", 1124, 50), ("a", 1300, 9), ("b", 1500, 10)))
    assert catalogue.shelved() == {"a": 1174}
    catalogue.load(captures(("a", 1174, 126), ("b", 1024, 476)))
    assert catalogue.shelved() == {"a": 1309, "b": 1510}


# opening


def test_one_process_writes_and_the_second_waits_and_says_so(tmp_path):
    path, said = tmp_path / "c.duckdb", []
    first = open_catalogue(path)
    with pytest.raises(CatalogueBusyError, match="another process"):
        open_catalogue(path, wait_seconds=0.3, on_wait=said.append)
    assert len(said) == 1 and "waiting up to 0.3 s" in said[0]
    threading.Timer(0.4, first.close).start()
    began = time.monotonic()
    with open_catalogue(path, wait_seconds=20, on_wait=said.append):
        assert 0.2 < time.monotonic() - began < 10


def test_the_lock_holds_across_processes_and_dies_with_its_holder(tmp_path):
    path = tmp_path / "c.duckdb"
    code = "import sys, time, pathlib, warehouse; c = warehouse.open_catalogue(pathlib.Path(sys.argv[1])); print('open', flush=True); time.sleep(60)"
    holder = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(CatalogueBusyError):
            open_catalogue(path, wait_seconds=0.2)
        holder.kill()
        holder.wait(10)
        with open_catalogue(path, wait_seconds=5) as catalogue:
            assert catalogue.source_states() == []
    finally:
        holder.kill()
        holder.wait(10)
        holder.stdout.close()


LOADER = """
import pathlib, sys
sys.path.insert(0, sys.argv[2])
from invented import SOURCES, record, reading, visit
from warehouse import open_catalogue
with open_catalogue(pathlib.Path(sys.argv[1])) as catalogue:
    catalogue.register_sources(SOURCES)
    for n in range(10_000):
        catalogue.load({"readings": [reading(f"https://a.example/{n}-{k}") for k in range(20)]})
        print(n, flush=True)
"""


@pytest.mark.parametrize("after", [0, 3, 9])
def test_kill_9_while_loading_keeps_whole_acknowledged_batches(tmp_path, after):
    path = tmp_path / "c.duckdb"
    here = str(Path(__file__).parent)
    loader = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(LOADER), str(path), here], stdout=subprocess.PIPE, text=True
    )
    acknowledged = 0
    for line in loader.stdout:
        acknowledged = int(line) + 1
        if acknowledged > after:
            time.sleep(0.013)
            os.kill(loader.pid, signal.SIGKILL)
            break
    acknowledged = max([acknowledged, *(int(line) + 1 for line in loader.stdout.read().split())])
    loader.stdout.close()
    assert loader.wait(20) == -signal.SIGKILL
    with open_catalogue(path, wait_seconds=10) as catalogue:
        held = len(table(catalogue, "articles"))
        assert held % 20 == 0 and held // 20 in (acknowledged, acknowledged + 1)
        assert len(table(catalogue, "evidence")) == 2 * held
        counts = catalogue.load({"readings": [reading(f"https://a.example/0-{k}") for k in range(20)]})
        assert counts.articles_unchanged == 20


def test_a_catalogue_is_made_from_nothing_and_opened_again_unchanged(tmp_path):
    path = tmp_path / "deep" / "c.duckdb"
    with open_catalogue(path) as catalogue:
        numbers = [row["number"] for row in table(catalogue, "migrations")]
        assert sorted(numbers) == [0, *(int(name[:4]) for name, _ in scripts("schema"))]
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with open_catalogue(path):
        pass
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    tags = (
        duckdb.connect(str(path), read_only=True)
        .execute("SELECT tags['storage_version'] FROM duckdb_databases() WHERE NOT internal")
        .fetchone()
    )
    assert tags[0].startswith("v1.2.0")


def test_kill_9_in_the_middle_of_the_migrations_is_mended_by_the_next_opening(tmp_path):
    path = tmp_path / "c.duckdb"
    code = (
        "import duckdb, os, signal, sys\n"
        "from warehouse import migrate\n"
        "from warehouse.statements import scripts, statement\n"
        "connection = duckdb.connect(sys.argv[1])\n"
        "connection.execute(statement('create_migrations'))\n"
        "for name, text in scripts('schema')[:3]: migrate._apply(connection, name, text)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], timeout=60)
    assert done.returncode == -signal.SIGKILL and path.with_name("c.duckdb.wal").stat().st_size > 0
    with open_catalogue(path) as catalogue:
        assert max(row["number"] for row in table(catalogue, "migrations")) == SCHEMA_VERSION
        assert catalogue.load(whole_batch()).articles_new == 1


def test_a_migration_that_fails_is_taken_back_whole(tmp_path):
    with duckdb.connect(str(tmp_path / "c.duckdb")) as connection:
        first = ("0001_a", "CREATE TABLE a (n INTEGER); INSERT INTO a VALUES (1);")
        assert migrate(connection, [first], []) == 1
        with pytest.raises(CatalogueError, match="migration 0002_b failed and was taken back"):
            migrate(connection, [first, ("0002_b", "CREATE TABLE b (n INTEGER); INSERT INTO nowhere VALUES (1);")], [])
        assert [n for (n,) in connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()] == [
            "a",
            "migrations",
        ]
        assert migrate(connection, [first, ("0002_b", "CREATE TABLE b (n INTEGER);")], []) == 1
        assert migrate(connection, [first, ("0002_b", "CREATE TABLE b (n INTEGER);")], []) == 0


def test_a_newer_catalogue_is_refused_and_left_as_it_is(tmp_path):
    path = tmp_path / "c.duckdb"
    with open_catalogue(path):
        pass
    with duckdb.connect(str(path)) as newer:
        newer.execute(f"INSERT INTO migrations VALUES ({SCHEMA_VERSION + 5}, 'x', 'x', now())")
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(
        CatalogueVersionError, match=f"has schema {SCHEMA_VERSION + 5}, this Chancery knows {SCHEMA_VERSION}"
    ):
        open_catalogue(path)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert not path.with_name("c.duckdb.wal").exists()


def test_what_is_no_catalogue_is_named(tmp_path):
    text = tmp_path / "text.duckdb"
    text.write_text("not a database, although it is long enough to look like one" * 200)
    with pytest.raises(CatalogueError, match="no DuckDB file"):
        open_catalogue(text)
    other = tmp_path / "other.duckdb"
    with duckdb.connect(str(other)) as connection:
        connection.execute("CREATE TABLE mine (n INTEGER)")
    with pytest.raises(CatalogueError, match="no catalogue"):
        open_catalogue(other)
    assert other.exists() and text.read_text().startswith("not a database")


def test_a_folder_that_may_not_be_written_is_named(tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(CatalogueError, match="no right to write"):
            open_catalogue(tmp_path / "c.duckdb")
    finally:
        tmp_path.chmod(0o700)


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path):
    (tmp_path / "archive").write_text("")
    with pytest.raises(CatalogueError, match="archive"):
        open_catalogue(tmp_path / "archive" / "c.duckdb")


def test_every_table_and_column_has_a_meaning(catalogue):
    silent = catalogue.connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL "
        "UNION ALL SELECT table_name, NULL FROM duckdb_tables() WHERE NOT internal AND comment IS NULL "
        "UNION ALL SELECT view_name, NULL FROM duckdb_views() WHERE NOT internal AND comment IS NULL"
    ).fetchall()
    assert silent == []
