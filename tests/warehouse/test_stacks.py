"""The shelves: what is put comes back, others can read it, and a power cut costs only what was not whole."""

import errno
import gzip
import io
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from warehouse import ArchiveFullError, DamagedShelfError, Shelfmark, Stacks, StacksError, digest_of
from warehouse.shelf import FIRST_OFFSET, VERSION, packed_record

AT = datetime(2026, 3, 4, 5, 6, 7, 89, tzinfo=UTC)


def put(stacks, n=0, **values):
    return stacks.put(
        **{
            "url": f"https://le-temoin.example/{n}",
            "final_url": f"https://le-temoin.example/{n}",
            "status": 200,
            "headers": (("Content-Type", "text/html; charset=utf-8"), ("Link", "<a>"), ("Link", "<b>")),
            "body": f"<p>Page inventée n° {n}</p>".encode() * 50,
            "captured_at": AT,
            "source": "mli_temoin",
            **values,
        }
    )


def only_file(folder):
    [path] = folder.glob("*/*.warc.gz")
    return path


def test_a_capture_comes_back_as_it_was_put(tmp_path):
    with Stacks(tmp_path) as stacks:
        put(stacks)
        mark = put(stacks, 1, url="http://le-temoin.example/court", kind="feed", charset="windows-1252")
        found = stacks.get(mark)
    assert found.url == "http://le-temoin.example/court" and found.final_url == "https://le-temoin.example/1"
    assert found.headers == (("Content-Type", "text/html; charset=utf-8"), ("Link", "<a>"), ("Link", "<b>"))
    assert (found.source, found.kind, found.charset, found.status) == ("mli_temoin", "feed", "windows-1252", 200)
    assert found.captured_at == AT
    assert found.digest == digest_of(found.body) and found.digest.startswith("sha256:")


def test_saved_pages_have_file_addresses(tmp_path):
    with Stacks(tmp_path) as stacks:
        mark = put(
            stacks, url="file:///pages/été à Bamako.html", final_url="file:///pages/été à Bamako.html", source=None
        )
        assert stacks.get(mark).url == "file:///pages/été à Bamako.html"
        assert stacks.get(mark).source is None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=3000),
    name=st.text("abcXYZ-", min_size=1, max_size=9),
    value=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40),
    status=st.integers(100, 999),
)
def test_any_bytes_come_back(tmp_path, body, name, value, status):
    with Stacks(tmp_path) as stacks:
        found = stacks.get(put(stacks, body=body, headers=((name, value),), status=status))
    assert (found.body, found.status) == (body, status)
    assert [(n, v.strip()) for n, v in found.headers] == [(name, value.strip())]


@pytest.mark.parametrize(
    "url", ["https://a.example/\r\nWARC-Type: metadata", "https://a.example/\x00", "", " https://a.example/"]
)
def test_an_address_that_no_header_can_hold_is_refused(tmp_path, url):
    with Stacks(tmp_path) as stacks, pytest.raises(StacksError):
        put(stacks, url=url)


def test_a_header_cannot_smuggle_lines(tmp_path):
    with Stacks(tmp_path) as stacks:
        found = stacks.get(put(stacks, headers=(("X-A", "1\r\n\r\n<b>"), ("Bad Name", "2"))))
    assert found.headers == (("X-A", "1 <b>"),)
    assert found.body.startswith(b"<p>Page")


def test_a_time_without_zone_is_refused(tmp_path):
    with Stacks(tmp_path) as stacks, pytest.raises(StacksError, match="no time zone"):
        put(stacks, captured_at=datetime(2026, 1, 1))


def test_readers_that_others_wrote_find_no_fault(tmp_path):
    with Stacks(tmp_path) as stacks:
        marks = [put(stacks, n) for n in range(20)]
    path = only_file(tmp_path)
    warcio = Path(sys.executable).with_name("warcio")
    check = subprocess.run([warcio, "check", "-v", path], capture_output=True, text=True, timeout=60)
    assert check.returncode == 0 and check.stdout.count("digest pass") == 21
    index = subprocess.run(
        [warcio, "index", "-f", "offset,warc-type", path], capture_output=True, text=True, timeout=60
    )
    assert index.stdout.count('"response"') == 20 and index.stdout.count('"warcinfo"') == 1
    assert all(f'"offset": "{mark.offset}"' in index.stdout for mark in marks)
    with path.open("rb") as stream:
        records = [
            record.verify_payload_digest() for record in ArchiveIterator(stream, record_types=2 | 4) if record.is_http
        ]
    assert records == [True] * 20


@pytest.mark.parametrize(
    "kind, block, more, line, headers",
    [
        ("response", b"corps " * 99, {"WARC-Payload-Digest": "sha256:AA", "WARC-Chancery-Source": "mli_é"}, ("200 OK", "HTTP/1.1"), [("content-type", "text/html"), ("x-a", "à€")]),
        ("response", b"", {}, ("404 Not Found", "HTTP/1.1"), []),
        ("request", b"", {"WARC-Concurrent-To": "<urn:uuid:1>"}, ("/a HTTP/1.1", "GET"), [("host", "x.example")]),
        ("revisit", b"", {"WARC-Payload-Digest": "sha256:AA"}, ("304 Not Modified", "HTTP/1.1"), [("etag", '"a"')]),
        ("metadata", b"outcome: ok\r\n", {"Content-Type": "application/warc-fields"}, None, []),
    ],
)  # fmt: skip
def test_records_are_those_that_warcio_would_write(kind, block, more, line, headers):
    names = {"WARC-Date": "2026-03-10T12:00:00.000000Z", "WARC-Record-ID": "<urn:uuid:2>", **more}

    def message():
        return StatusAndHeaders(line[0], list(headers), protocol=line[1]) if line else None

    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=False, warc_version=VERSION)
    writer.write_record(
        writer.create_warc_record(
            "http://x.example/é", kind, io.BytesIO(block), len(block), "", names, http_headers=message()
        )
    )
    assert gzip.decompress(packed_record(kind, "http://x.example/é", block, names, message())) == buffer.getvalue()


def test_the_first_capture_stands_at_a_known_offset(tmp_path):
    with Stacks(tmp_path) as stacks:
        assert put(stacks).offset == FIRST_OFFSET


def test_walk_goes_on_behind_what_is_known(tmp_path):
    with Stacks(tmp_path) as stacks:
        marks = [put(stacks, n) for n in range(5)]
    seen = [mark for mark, _ in Stacks(tmp_path).walk({marks[0].file: marks[2].offset})]
    assert seen == marks[2:]
    assert not list(Stacks(tmp_path).walk({marks[0].file: marks[4].offset + marks[4].length}))


def test_walk_passes_over_what_a_living_writer_holds(tmp_path):
    with Stacks(tmp_path) as stacks:
        put(stacks)
        assert not list(Stacks(tmp_path).walk())
    assert len(list(Stacks(tmp_path).walk())) == 1


@pytest.mark.parametrize("lost", [1, 8, 200])
def test_a_broken_tail_is_cut_reported_and_kept_aside(tmp_path, lost):
    with Stacks(tmp_path) as stacks:
        marks = [put(stacks, n, body=os.urandom(900)) for n in range(4)]
    path = only_file(tmp_path)
    os.truncate(path, path.stat().st_size - lost)
    reader = Stacks(tmp_path)
    assert [mark for mark, _ in reader.walk()] == marks[:3]
    [damage] = reader.damage
    assert damage.is_tail and damage.offset == marks[3].offset == path.stat().st_size
    assert (tmp_path / damage.moved_to).stat().st_size == marks[3].length - lost
    again = Stacks(tmp_path)
    assert len(list(again.walk())) == 3 and not again.damage


def test_a_tail_of_zeros_as_a_power_cut_leaves_it_is_cut(tmp_path):
    with Stacks(tmp_path) as stacks:
        put(stacks)
    path = only_file(tmp_path)
    size = path.stat().st_size
    os.truncate(path, size + 4096)
    reader = Stacks(tmp_path)
    assert len(list(reader.walk())) == 1
    assert reader.damage[0].is_tail and path.stat().st_size == size


def test_damage_before_whole_records_is_never_cut(tmp_path):
    with Stacks(tmp_path) as stacks:
        marks = [put(stacks, n, body=os.urandom(900)) for n in range(4)]
    path = only_file(tmp_path)
    size = path.stat().st_size
    with path.open("r+b") as stream:
        stream.seek(marks[1].offset + 300)
        stream.write(b"\xff" * 40)
    reader = Stacks(tmp_path)
    assert [mark for mark, _ in reader.walk()] == [marks[0], *marks[2:]]
    assert not reader.damage[0].is_tail and path.stat().st_size == size
    with pytest.raises(DamagedShelfError, match="restore"):
        reader.get(marks[1])


def test_a_wrong_shelfmark_is_refused(tmp_path):
    with Stacks(tmp_path) as stacks:
        mark = put(stacks)
        for wrong in (
            Shelfmark(mark.file, 0, FIRST_OFFSET),
            Shelfmark(mark.file, mark.offset, mark.length - 1),
            Shelfmark(mark.file, mark.offset + 7, 9),
        ):
            with pytest.raises(DamagedShelfError):
                stacks.get(wrong)
        with pytest.raises(StacksError, match="leads out"):
            stacks.get(Shelfmark("../secret", 0, 1))
        with pytest.raises(StacksError, match="can't be read"):
            stacks.get(Shelfmark("2026-01/none.warc.gz", 0, 1))


def test_files_are_rolled_by_size(tmp_path):
    with Stacks(tmp_path, roll_bytes=FIRST_OFFSET + 2000) as stacks:
        marks = [put(stacks, n, body=os.urandom(1000)) for n in range(6)]
        assert len({mark.file for mark in marks}) == 3
        assert [stacks.get(mark).url for mark in marks] == [f"https://le-temoin.example/{n}" for n in range(6)]


def test_what_was_synced_survives_kill_9(tmp_path):
    code = (
        "import os, signal, sys; from datetime import datetime, UTC; from pathlib import Path; from warehouse import Stacks\n"
        "s = Stacks(Path(sys.argv[1]))\n"
        "for n in range(30):\n"
        "    s.put(url=f'https://a.example/{n}', final_url=f'https://a.example/{n}', status=200, headers=(), body=b'x' * 500, captured_at=datetime.now(UTC), source='a')\n"
        "s.sync(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], timeout=60)
    assert done.returncode == -9
    assert len(list(Stacks(tmp_path).walk())) == 30


def test_a_read_only_folder_is_named(tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    tmp_path.chmod(0o500)
    try:
        with Stacks(tmp_path / "shelves") as stacks, pytest.raises(StacksError, match="no right to write"):
            put(stacks)
    finally:
        tmp_path.chmod(0o700)


def test_a_write_that_fails_half_way_leaves_whole_records(tmp_path):
    code = (
        "import resource, signal, sys; from datetime import datetime, UTC; from pathlib import Path; from warehouse import Stacks, StacksError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)); import os\n"
        "s = Stacks(Path(sys.argv[1]))\n"
        "try:\n"
        "    for n in range(30): s.put(url='https://a.example/', final_url='https://a.example/', status=200, headers=(), body=os.urandom(1000), captured_at=datetime.now(UTC), source='a')\n"
        "except StacksError as error: print(n, error)\n"
        "s.close()"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, timeout=60)
    count, _, message = done.stdout.partition(" ")
    assert "shelving a capture" in message, done.stderr
    reader = Stacks(tmp_path)
    assert len(list(reader.walk())) == int(count) and not reader.damage


def test_no_room_left_has_words_of_its_own(tmp_path, monkeypatch):
    with Stacks(tmp_path) as stacks:
        put(stacks)

        class Full:
            def __init__(self, stream):
                self.stream = stream

            def write(self, view):
                if len(view) > 10:
                    return self.stream.write(view[:10])
                raise OSError(errno.ENOSPC, "No space left on device")

            def __getattr__(self, name):
                return getattr(self.stream, name)

        real = stacks._open._stream
        stacks._open._stream = Full(real)
        with pytest.raises(ArchiveFullError, match="no room left"):
            put(stacks, body=os.urandom(500))
        stacks._open._stream = real
        put(stacks, 2)
    assert [capture.url for _, capture in Stacks(tmp_path).walk()] == [f"https://le-temoin.example/{n}" for n in (0, 2)]
