"""Records beside a capture: request, metadata and revisits come back, others can read them, and the index has no gap."""

import gzip
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator
from test_stacks import AT, only_file, put

from warehouse import Asked, ShelvedCapture, ShelvedNote, Stacks, audit_file, index_of, shelf_files
from warehouse.shelf import FIRST_OFFSET, members

ASKED = Asked(
    run_id="r1", asked_at=AT - timedelta(seconds=2), outcome="ok", status=200, attempts=2, seconds=0.512, robots="allowed",
    reservation="open (file)", redirects=("https://le-temoin.example/b?x=é", "https://le-temoin.example/0"),
    sent=(("Host", "le-temoin.example"), ("User-Agent", "Chancery"), ("Cookie", "secret"), ("Authorization", "secret"), ("X-A", "1\r\nX-B: 2")),
    entry={"url": "https://le-temoin.example/0", "headline": "Une visite\nà Bamako", "published_on": None},
)  # fmt: skip
BODY = b"<p>Une page qui ne change pas</p>" * 60


def note(outcome="gone", n=9, **values):
    asked = replace(ASKED, outcome=outcome, status=404, redirects=(), entry=None, **values)
    return ShelvedNote(f"https://le-temoin.example/{n}", "mli_temoin", "page", AT, asked)


def documents(folder, after=None):
    return list(Stacks(folder).documents(after or {}))


def types(path):
    with gzip.open(path) as stream:
        return [line[11:].strip().decode() for line in stream.read().split(b"\r\n") if line.startswith(b"WARC-Type: ")]


def test_how_a_page_was_asked_for_comes_back_with_it(tmp_path):
    with Stacks(tmp_path) as stacks:
        mark = put(stacks, asked=ASKED)
        assert stacks.get(mark).asked is None, "one record is read, not those beside it"
    [(found, capture)] = documents(tmp_path)
    assert (found, found.span) == (mark, mark.span) and mark.span > mark.length
    assert capture.asked == replace(ASKED, sent=())
    assert types(only_file(tmp_path)) == ["warcinfo", "response", "request", "metadata"]


def test_no_secret_and_no_smuggled_line_is_written(tmp_path):
    with Stacks(tmp_path) as stacks:
        put(stacks, asked=ASKED)
    text = gzip.decompress(only_file(tmp_path).read_bytes())
    assert b"secret" not in text and b"X-A: 1  X-B: 2\r\n" in text and b"GET /0 HTTP/1.1\r\n" in text


def test_a_body_that_is_held_already_is_referred_to(tmp_path):
    later = AT + timedelta(days=1)
    with Stacks(tmp_path) as stacks:
        first = put(stacks, body=BODY, asked=ASKED)
        second = put(stacks, body=BODY, asked=ASKED, held=first, captured_at=later)
        third = put(stacks, body=BODY, held=second, captured_at=later + timedelta(days=1))
        other = put(stacks, body=BODY + b"!", held=first)
        short = put(stacks, 1, body=b"short", held=put(stacks, 1, body=b"short"))
        for mark, at in ((second, later), (third, later + timedelta(days=1))):
            found = stacks.get(mark)
            assert (found.body, found.captured_at, found.refers_to) == (BODY, at, str(first))
        assert stacks.get(other).refers_to is None and stacks.get(short).refers_to is None
    assert [capture.body for _, capture in documents(tmp_path)][:3] == [BODY] * 3
    assert types(only_file(tmp_path)).count("revisit") == 2
    text = gzip.decompress(only_file(tmp_path).read_bytes()).decode()
    assert f"WARC-Refers-To-Date: {AT:%Y-%m-%dT%H:%M:%S.%fZ}" in text and "identical-payload-digest" in text
    assert f"WARC-Refers-To: {Stacks(tmp_path).get(first).record_id}" in text


def test_nothing_refers_to_a_record_that_is_broken(tmp_path):
    with Stacks(tmp_path) as stacks:
        mark = put(stacks, body=BODY)
    with only_file(tmp_path).open("r+b") as stream:
        stream.seek(mark.offset + 40)
        stream.write(b"\xff" * 40)
    with Stacks(tmp_path) as stacks:
        assert stacks.get(put(stacks, body=BODY, held=mark)).refers_to is None


def test_answers_without_a_page_come_back_and_not_modified_is_a_revisit(tmp_path):
    same = note("not_modified", 0, etag='"a"')
    with Stacks(tmp_path) as stacks:
        mark = put(stacks, body=BODY)
        marks = [stacks.note(note()), stacks.note(same, held=mark), stacks.note(note("not_modified", 3))]
        assert not list(stacks.walk({mark.file: mark.offset + mark.length}))
    found = documents(tmp_path)[1:]
    assert [one for one, _ in found] == marks and [one.span for one, _ in found] == [mark.span for mark in marks]
    assert [document for _, document in found] == [
        replace(one, asked=replace(one.asked, sent=())) for one in (note(), same, note("not_modified", 3))
    ]
    assert types(only_file(tmp_path)) == [
        "warcinfo",
        "response",
        "metadata",
        "revisit",
        "request",
        "metadata",
        "metadata",
    ]


def whole_file(folder):
    """Every kind of record."""
    with Stacks(folder) as stacks:
        first = put(stacks, body=BODY, asked=ASKED, url="https://le-temoin.example/court")
        put(stacks, body=BODY, asked=ASKED, held=first)
        stacks.note(note("not_modified", 0), held=first)
        stacks.note(note("robots_disallowed", sent=()))
        put(stacks, 2, kind="robots", source=None)
    return only_file(folder)


def test_readers_that_others_wrote_find_no_fault_in_any_of_them(tmp_path):
    path = whole_file(tmp_path)
    warcio = Path(sys.executable).with_name("warcio")
    check = subprocess.run([warcio, "check", "-v", path], capture_output=True, text=True, timeout=60)
    assert check.returncode == 0 and "digest failed" not in check.stdout, check.stdout
    fields = "warc-type,warc-target-uri,warc-profile,warc-concurrent-to"
    index = subprocess.run([warcio, "index", "-f", fields, path], capture_output=True, text=True, timeout=60)
    assert [index.stdout.count(f'"{one}"') for one in ("response", "request", "metadata", "revisit")] == [2, 3, 4, 2]
    with path.open("rb") as stream:
        records = list(ArchiveIterator(stream, parse_http=True))
    assert len(records) == 12


def rows(folder):
    """The index as a run would load it."""
    loaded = {"captures": [], "shelf_records": []}
    for mark, document in documents(folder):
        place = {
            "shelf_file": mark.file,
            "shelf_offset": mark.offset,
            "url": document.url,
            "source": document.source,
            "kind": document.kind,
        }
        if isinstance(document, ShelvedCapture):
            more = {
                "final_url": document.final_url,
                "captured_at": document.captured_at,
                "status": 200,
                "digest": document.digest,
                "charset": None,
                "run_id": "r1",
            }
            loaded["captures"].append({**place, **more, "shelf_length": mark.length, "shelf_span": mark.span})
        else:
            loaded["shelf_records"].append(
                {**place, "shelf_length": mark.span, "outcome": document.asked.outcome, "recorded_at": document.at}
            )
    return loaded


def test_the_index_has_no_gap_whatever_stands_between_captures(tmp_path, catalogue):
    path = whole_file(tmp_path / "shelves")
    size, loaded = path.stat().st_size, rows(tmp_path / "shelves")
    catalogue.load({"captures": loaded["captures"]})
    assert [*catalogue.shelved().values()] < [size], "what was answered without a page is not in yet"
    catalogue.load(loaded)
    catalogue.load(loaded)
    assert [*catalogue.shelved().values()] == [size]
    assert not documents(tmp_path / "shelves", catalogue.shelved())
    [file] = shelf_files(tmp_path / "shelves")
    audit = audit_file(tmp_path / "shelves", file, index_of(catalogue, [file.name])[file.name])
    assert not audit.findings and (audit.captures, audit.records) == (3, 12)


@pytest.mark.parametrize(
    "wrong", ["shelf_length = 7", "url = 'https://a.example/'", "recorded_at = recorded_at + INTERVAL 1 DAY"]
)
def test_an_index_of_answers_that_tells_otherwise_is_found(tmp_path, catalogue, wrong):
    whole_file(tmp_path / "shelves")
    catalogue.load(rows(tmp_path / "shelves"))
    catalogue.connection.execute(f"UPDATE shelf_records SET {wrong} WHERE outcome = 'not_modified'")
    [file] = shelf_files(tmp_path / "shelves")
    [finding] = audit_file(tmp_path / "shelves", file, index_of(catalogue, [file.name])[file.name]).findings
    assert finding.problem == "index_differs"


def test_a_group_that_a_power_cut_broke_costs_only_what_was_not_whole(tmp_path):
    path = whole_file(tmp_path)
    with path.open("rb") as stream:
        ends = [offset + length for offset, length, _ in members(stream, 0)]
    whole, everything = path.read_bytes(), documents(tmp_path)
    for end in ends[1:]:
        path.write_bytes(whole[: end + 5] if end < len(whole) else whole)
        found = documents(tmp_path)
        assert [mark for mark, _ in found] == [mark for mark, _ in everything if mark.offset + mark.length <= end]
        assert os.path.getsize(path) == end
    assert ends[0] == FIRST_OFFSET and AT.tzinfo == UTC and datetime.now(UTC) > AT
