"""Records struck from the shelves: nothing of them is left, everything else stands where it stood, and others can read it."""

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from test_records import ASKED, documents, note
from test_stacks import AT, only_file, put

from warehouse import Condemned, Stacks, StacksError, audit_file, shelf_files, strike, survey
from warehouse.mentions import mentions_of, stored_pattern
from warehouse.shelf import members, padded_member
from warehouse.tombstones import Tombstones, address_hash, domain_hash

GONE = "https://le-temoin.example/dossiers/affaire-a-effacer?page=2&x=1"
HEADLINE = "L'affaire que son journal retire & regrette"
HELD = Tombstones(frozenset({address_hash(GONE)}))
CONDEMNED = Condemned(
    lambda record: HELD.holds(record.headers.get("warc-target-uri")), mentions_of([GONE], [HEADLINE], None)
)
LINK = b'<a href="/dossiers/affaire-a-effacer?page=2&amp;x=1">L&#x27;affaire que son journal retire &amp; regrette</a>'


def filled(folder):
    with Stacks(folder) as stacks:
        marks = [put(stacks, n, body=os.urandom(700)) for n in range(2)]
        put(stacks, url=GONE, final_url=GONE, body=b"secret" * 40_000 + os.urandom(150_000), asked=ASKED)
        linked = put(stacks, 3, body=LINK + b"un texte qui reste" * 90, asked=ASKED)
        again = put(stacks, 3, body=LINK + b"un texte qui reste" * 90, held=linked)
        put(stacks, 4, kind="feed", body=LINK)
        stacks.note(note())
        marks += [linked, again, put(stacks, 5)]
    return marks


def struck(folder):
    digests = survey(folder, CONDEMNED)
    return strike(folder, CONDEMNED, AT, digests), digests


def test_what_is_struck_is_gone_and_all_else_stands_where_it_stood(tmp_path):
    marks = filled(tmp_path)
    path, size = only_file(tmp_path), only_file(tmp_path).stat().st_size
    with Stacks(tmp_path) as stacks:
        before = [stacks.get(mark).body for mark in marks]
    done, digests = struck(tmp_path)
    assert (done.groups, done.files, len(digests)) == (2, 1, 1) and path.stat().st_size == size
    text = gzip.decompress(path.read_bytes())
    assert not [word for word in (b"secret", b"affaire", GONE.encode()) if word in text]
    with Stacks(tmp_path) as stacks:
        after = [stacks.get(mark).body for mark in marks]
        assert (
            after[2]
            == after[3]
            == before[2].replace(LINK, re.sub(rb'(?<=")[^"]+(?=")|(?<=>)[^<]+', lambda f: b"x" * len(f[0]), LINK))
        )
    assert [after[n] for n in (0, 1, 4)] == [before[n] for n in (0, 1, 4)]
    again, none = struck(tmp_path)
    assert (again.groups, again.mentions, again.files, none) == (0, 0, 0, {}) and sorted(again.fillers) == sorted(
        done.fillers
    )
    assert not list(tmp_path.glob("*/.*"))


def test_readers_find_no_fault_and_no_digest_is_wrong(tmp_path):
    filled(tmp_path)
    struck(tmp_path)
    path = only_file(tmp_path)
    check = subprocess.run(
        [Path(sys.executable).with_name("warcio"), "check", path], capture_output=True, text=True, timeout=60
    )
    assert check.returncode == 0, check.stdout
    [file] = shelf_files(tmp_path)
    audit = audit_file(tmp_path, file, [])
    assert {finding.problem for finding in audit.findings} == {"record_without_row"}
    with path.open("rb") as stream:
        assert sum(length for _, length, _ in members(stream, 0)) == path.stat().st_size
    assert path.stat().st_blocks * 512 < path.stat().st_size, "what went takes no room"
    assert [document.url for _, document in documents(tmp_path) if not getattr(document, "asked", 1)].count(
        "urn:chancery:erased"
    ) >= 3


def test_a_file_that_can_not_be_rewritten_stays_as_it_is(tmp_path, monkeypatch):
    filled(tmp_path)
    before = only_file(tmp_path).read_bytes()
    monkeypatch.setattr(os, "replace", lambda *paths: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(Exception, match="no room left"):
        struck(tmp_path)
    assert only_file(tmp_path).read_bytes() == before and not list(tmp_path.glob("*/.*"))


@pytest.mark.parametrize("room", [0, 1, 2, 5, 6, 7, 500, 60_000, 60_001, 200_000])
def test_a_member_has_the_length_that_is_asked_for(room):
    least = len(padded_member(b"abc", 23)) and next(n for n in range(18, 60) if _fits(n))
    member = padded_member(b"abc", least + room)
    assert len(member) == least + room and gzip.decompress(member) == b"abc"
    with pytest.raises(StacksError, match="does not fit"):
        padded_member(b"abc", least - 1)


def _fits(length):
    try:
        return bool(padded_member(b"abc", length))
    except StacksError:
        return False


@pytest.mark.parametrize(
    "text",
    [
        GONE,
        GONE.replace("&", "&amp;"),
        GONE.replace("/", "\\/"),
        GONE.replace("https://", "http://www."),
        "//le-temoin.example" + GONE[25:],
    ],
)
def test_an_address_is_found_however_it_is_written(text):
    pattern = mentions_of([GONE], [], None)
    assert pattern.search(f'href="{text}"'.encode()) and pattern.search(f"voir {text}. Et".encode())
    assert not pattern.search(f'href="{text}0"'.encode()) and not pattern.search(f'href="{text}/suite"'.encode())


@pytest.mark.parametrize(
    "text", ["https://le-temoin.example/a", "http://www.le-temoin.example", "//m.le-temoin.example/x?y"]
)
def test_a_domain_is_found_with_all_that_lies_under_it(text):
    pattern = mentions_of([], [], "le-temoin.example")
    assert pattern.fullmatch(text.encode())
    assert not pattern.search(b"https://le-temoin.example.org/a") and not pattern.search(
        b"https://pas-le-temoin.example/a"
    )
    assert re.compile(stored_pattern([], "le-temoin.example")).search(text)


def test_tombstones_hold_an_address_in_all_its_spellings_and_all_of_a_domain():
    held = Tombstones(frozenset({address_hash("https://www.a.example/1/"), domain_hash("B.example")}))
    assert (
        held.holds("http://a.example/1#x")
        and held.holds("https://a.example:443/1")
        and held.holds(None, "https://x.b.example/y")
    )
    assert not held.holds("https://a.example/12", "https://a.example/1?x", None, "https://cb.example/", "http://[")
    assert not Tombstones().holds("https://a.example/1")
