"""WARC files that others wrote: every page of them, unpacked, whatever wrote them."""

import gzip
import io
import os

import pytest
from invented import NOW
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from warehouse import Stacks, StacksError, digest_of, read_warc

PAGE = "<html><body><p>Une page inventée à Niamey</p></body></html>"


def write(path, *pages, is_packed=True):
    """A file as a crawler leaves it: requests, responses, other media, a redirect."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=is_packed, warc_version="WARC/1.0")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "another crawler"}))
        for url, status, headers, body in pages:
            http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
            response = writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(body),
                length=len(body),
                http_headers=http,
                warc_headers_dict={"WARC-Date": "2026-02-03T04:05:06Z"},
            )
            asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "a.example")], is_http_request=True)
            request = writer.create_warc_record(url, "request", http_headers=asked)
            writer.write_request_response_pair(request, response)
    return path


HTML = ("Content-Type", "text/html; charset=utf-8")


@pytest.mark.parametrize("is_packed", [True, False])
def test_pages_are_read_unpacked_and_nothing_else(tmp_path, is_packed):
    packed = gzip.compress(PAGE.encode())
    path = write(
        tmp_path / "crawl.warc.gz",
        ("https://a.example/1", "200 OK", [HTML], PAGE.encode()),
        ("https://a.example/2", "200 OK", [HTML, ("Content-Encoding", "gzip")], packed),
        ("https://a.example/3", "301 Moved", [HTML, ("Location", "/1")], b""),
        ("https://a.example/4.png", "200 OK", [("Content-Type", "image/png")], b"png"),
        is_packed=is_packed,
    )
    found = list(read_warc(path))
    assert [capture.url for capture in found] == ["https://a.example/1", "https://a.example/2"]
    assert {capture.body for capture in found} == {PAGE.encode()}
    assert {capture.digest for capture in found} == {digest_of(PAGE.encode())}
    assert found[1].headers == (HTML,) and found[0].captured_at.isoformat() == "2026-02-03T04:05:06+00:00"


def test_pages_as_cc_news_keeps_them_are_read(tmp_path):
    """Bodies are unpacked there, and the headers of the transfer renamed; feeds and other statuses stand beside them."""
    kept = [
        ("X-Crawler-Content-Encoding", "gzip"),
        ("X-Crawler-Transfer-Encoding", "chunked"),
        ("Content-Length", str(len(PAGE.encode()))),
    ]
    html = ("Content-type", "text/html;charset=UTF-8")
    path = write(
        tmp_path / "CC-NEWS-20260203040506-00001.warc.gz",
        ("https://a.example/1", "200 OK", [html, *kept], PAGE.encode()),
        ("https://a.example/rss", "200 OK", [("Content-Type", "application/rss+xml")], b"<rss/>"),
        ("https://a.example/2", "403 Forbidden", [html], b"no"),
        ("https://b.example/3", "200", [("content-type", "application/xhtml+xml")], PAGE.encode()),
    )
    found = list(read_warc(path))
    assert [(capture.url, capture.body) for capture in found] == [
        ("https://a.example/1", PAGE.encode()),
        ("https://b.example/3", PAGE.encode()),
    ]
    assert found[0].charset == "utf-8" or found[0].charset == "UTF-8"


def test_a_file_packed_as_a_whole_is_read(tmp_path):
    path = write(
        tmp_path / "crawl.warc",
        *((f"https://a.example/{n}", "200 OK", [HTML], PAGE.encode()) for n in range(3)),
        is_packed=False,
    )
    path.write_bytes(gzip.compress(path.read_bytes()))
    assert len(list(read_warc(path))) == 3


def test_pages_that_are_too_long_are_passed_over(tmp_path):
    path = write(
        tmp_path / "crawl.warc.gz",
        ("https://a.example/1", "200 OK", [HTML], b"x" * 5000),
        ("https://a.example/2", "200 OK", [HTML], b"x"),
    )
    assert [capture.url for capture in read_warc(path, max_bytes=4999)] == ["https://a.example/2"]


def test_our_own_shelves_are_read_as_well(tmp_path):
    with Stacks(tmp_path) as stacks:
        for kind in ("page", "feed"):
            stacks.put(
                url="https://a.example/court",
                final_url="https://a.example/1",
                status=200,
                headers=(HTML,),
                body=PAGE.encode(),
                captured_at=NOW,
                source="ner_x",
                kind=kind,
            )
    [capture] = read_warc(next(tmp_path.glob("*/*.warc.gz")))
    assert (capture.url, capture.final_url, capture.source) == (
        "https://a.example/court",
        "https://a.example/1",
        "ner_x",
    )


def test_what_is_no_warc_file_is_named_or_empty(tmp_path):
    with pytest.raises(StacksError, match="none\\.warc"):
        list(read_warc(tmp_path / "none.warc"))
    (tmp_path / "noise.warc").write_bytes(os.urandom(3000))
    try:
        assert list(read_warc(tmp_path / "noise.warc")) == []
    except StacksError as error:
        assert "noise.warc" in str(error)
