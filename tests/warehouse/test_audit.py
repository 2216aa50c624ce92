"""Stocktaking: each kind of damage and each disagreement with the index is found, and nothing else."""

import base64
import hashlib
import os
import zlib

import pytest
from invented import table
from test_stacks import AT, only_file, put

from warehouse import Stacks, audit_file, index_of, indexed_files, shelf_files
from warehouse.record import raw_record
from warehouse.shelf import FIRST_OFFSET


def load(catalogue, stacks, marks):
    rows = []
    for mark in marks:
        found = stacks.get(mark)
        rows.append(
            {"url": found.url, "final_url": found.final_url, "source": found.source, "kind": found.kind, "captured_at": found.captured_at, "status": 200,
             "digest": found.digest, "shelf_file": mark.file, "shelf_offset": mark.offset, "shelf_length": mark.length, "shelf_span": mark.span, "charset": None, "run_id": "r1"}
        )  # fmt: skip
    catalogue.load({"captures": rows})


@pytest.fixture
def marks(tmp_path, catalogue):
    with Stacks(tmp_path / "shelves") as stacks:
        marks = [put(stacks, n, body=os.urandom(900)) for n in range(3)]
        marks.append(put(stacks, 3, url="https://le-temoin.example/court", kind="feed", source=None))
    load(catalogue, stacks, marks)
    return marks


def audited(tmp_path, catalogue):
    [file] = shelf_files(tmp_path / "shelves")
    return audit_file(tmp_path / "shelves", file, index_of(catalogue, [file.name])[file.name])


def problems(found):
    return [(finding.offset, finding.problem) for finding in found.findings]


def test_shelves_that_are_whole_have_no_finding(tmp_path, catalogue, marks):
    found = audited(tmp_path, catalogue)
    assert not found.findings and (found.records, found.captures) == (5, 4)
    assert found.bytes == only_file(tmp_path / "shelves").stat().st_size < found.payload_bytes
    assert indexed_files(catalogue) == {marks[0].file: 4}


def test_bytes_that_changed_are_found_by_their_digests(tmp_path, catalogue, marks):
    path = only_file(tmp_path / "shelves")
    data = path.read_bytes()
    mark = marks[3]
    record = zlib.decompress(data[mark.offset :], zlib.MAX_WBITS + 16)
    forged = zlib.compress(record.replace(b"Page invent", b"Page changi"), wbits=zlib.MAX_WBITS + 16)
    path.write_bytes(data[: mark.offset] + forged)
    [wrong, *rest] = audited(tmp_path, catalogue).findings
    assert (wrong.problem, wrong.offset) == ("wrong_digest", mark.offset)
    assert "WARC-Block-Digest and WARC-Payload-Digest" in wrong.detail and "restore" in wrong.advice
    assert [finding.problem for finding in rest] in ([], ["index_differs"])


@pytest.mark.parametrize("lost", [1, 8, 200])
def test_a_broken_tail_is_found_and_left_as_it_is(tmp_path, catalogue, marks, lost):
    path = only_file(tmp_path / "shelves")
    size = path.stat().st_size - lost
    os.truncate(path, size)
    found = audited(tmp_path, catalogue)
    assert problems(found) == [(marks[3].offset, "broken_tail"), (marks[3].offset, "row_without_record")]
    assert path.stat().st_size == size and found.captures == 3


def test_damage_before_whole_records_costs_that_record_only(tmp_path, catalogue, marks):
    with only_file(tmp_path / "shelves").open("r+b") as stream:
        stream.seek(marks[1].offset + 300)
        stream.write(b"\xff" * 40)
    found = audited(tmp_path, catalogue)
    assert problems(found) == [(marks[1].offset, "broken_record"), (marks[1].offset, "row_without_record")]
    assert found.captures == 3


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("shelf_length = shelf_length + 1", "shelf_length"),
        ("shelf_span = shelf_span + 1", "shelf_span"),
        ("digest = 'sha256:AAAA'", "digest"),
        ("final_url = 'https://other.example/'", "final_url"),
        ("url = 'https://other.example/'", "url"),
        ("captured_at = captured_at + INTERVAL 1 SECOND", "captured_at"),
        ("kind = 'feed'", "kind"),
        ("source = 'dza_phare'", "source"),
    ],
)
def test_an_index_that_tells_otherwise_is_found(tmp_path, catalogue, marks, change, told):
    catalogue.connection.execute(f"UPDATE captures SET {change} WHERE shelf_offset = {marks[0].offset}")
    [finding] = audited(tmp_path, catalogue).findings
    assert (finding.problem, finding.offset) == ("index_differs", FIRST_OFFSET)
    assert finding.detail.startswith(f"{told} ") and ";" not in finding.detail


def test_an_offset_that_is_wrong_is_a_row_too_many_and_a_row_too_few(tmp_path, catalogue, marks):
    catalogue.connection.execute(
        f"UPDATE captures SET shelf_offset = shelf_offset + 1 WHERE shelf_offset = {marks[0].offset}"
    )
    assert problems(audited(tmp_path, catalogue)) == [
        (FIRST_OFFSET, "record_without_row"),
        (FIRST_OFFSET + 1, "row_without_record"),
    ]


def test_what_is_shelved_and_not_loaded_is_found_unless_its_writer_lives(tmp_path, catalogue):
    with Stacks(tmp_path / "shelves") as stacks:
        put(stacks)
        living = audited(tmp_path, catalogue)
        assert living.is_open and not living.findings and living.captures == 1
    assert problems(audited(tmp_path, catalogue)) == [(FIRST_OFFSET, "record_without_row")]


def test_a_file_that_is_gone_is_one_finding(tmp_path, catalogue, marks):
    [file] = shelf_files(tmp_path / "shelves")
    only_file(tmp_path / "shelves").unlink()
    found = audit_file(tmp_path / "shelves", file, index_of(catalogue, [file.name])[file.name])
    assert problems(found) == [(None, "file_missing")] and "4 records" in found.findings[0].detail
    assert table(catalogue, "captures", "count(*) AS n") == [{"n": 4}]


def test_a_record_that_tells_a_wrong_length_is_refused(tmp_path, catalogue, marks):
    path = only_file(tmp_path / "shelves")
    data = path.read_bytes()
    record = zlib.decompress(data[marks[3].offset :], zlib.MAX_WBITS + 16)
    for wrong in (
        record[:-4] + b"more\r\n\r\n",
        record.replace(b"Content-Length: ", b"Content-Length: 9"),
        b"noise" + record,
    ):
        path.write_bytes(data[: marks[3].offset] + zlib.compress(wrong, wbits=zlib.MAX_WBITS + 16))
        assert problems(audited(tmp_path, catalogue)) == [(marks[3].offset, "bad_record")]


def test_records_of_other_writers_are_read_as_well():
    record = raw_record(b"WARC/1.0\r\nwarc-type: metadata\r\nContent-Length: 3\r\n\r\na: \r\n\r\n")
    assert record.type == "metadata" and bytes(record.payload) == b"a: " and not record.broken_digests()
    assert AT.tzinfo


@pytest.mark.parametrize("algorithm", ["sha256", "sha1", "md5", "sha512"])
@pytest.mark.parametrize("is_hex", [False, True])
def test_digests_of_all_usual_kinds_are_read(algorithm, is_hex):
    def of(body):
        found = hashlib.new(algorithm, body)
        return found.hexdigest() if is_hex else base64.b32encode(found.digest()).decode()

    def broken(value):
        return raw_record(
            f"WARC/1.0\r\nWARC-Block-Digest: {algorithm}:{value}\r\nContent-Length: 3\r\n\r\na: \r\n\r\n".encode()
        ).broken_digests()

    assert not broken(of(b"a: "))
    assert broken(of(b"b: ")) and broken("0189") and broken("") and broken(of(b"a: ")[:-9])
