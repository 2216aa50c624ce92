"""What was fetched and read as rows: the address that stands for an article, and why a page is a reject."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import Article, Coding, record_form
from flows.fetch import Capture, Validators
from flows.rows import article_url, merged, page_rows, validators_of
from warehouse import Shelfmark, digest_of

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
CAPTURE = Capture("https://a.example/x?utm_source=f", "https://a.example/x", 200, (("ETag", '"1"'),), b"<p>x", AT)
MARK = Shelfmark("2026-03/a.warc.gz", 1024, 300)


@pytest.mark.parametrize(
    ("canonical", "final", "chosen"),
    [
        (None, "https://a.example/x#top", "https://a.example/x"),
        ("https://www.a.example/x", "https://a.example/x?page=2", "https://www.a.example/x"),
        ("https://a.example/", "https://a.example/x", "https://a.example/x"),
        ("https://a.example/", "https://www.a.example/", "https://a.example/"),
        ("https://b.example/x", "https://a.example/x", "https://a.example/x"),
        ("https://a.example/?p=4", "https://a.example/x", "https://a.example/?p=4"),
        ("http://[", "https://a.example/x", "https://a.example/x"),
        ("javascript:void(0)", "https://a.example/x", "https://a.example/x"),
        ("https://a.example/x", "file:///saved/x.html", "https://a.example/x"),
        (None, "file:///saved/x.html", "file:///saved/x.html"),
    ],
)
def test_the_canonical_address_is_believed_where_it_can_be(canonical, final, chosen):
    assert article_url(canonical, final) == chosen


@given(st.text(max_size=60) | st.none(), st.sampled_from(["https://a.example/x", "file:///x.html"]))
def test_no_canonical_address_fells_the_run(canonical, final):
    assert article_url(canonical, final)


def test_a_page_is_a_capture_a_reading_and_what_it_lacks():
    record = record_form(Article(headline="Le ministre à Bamako", body="Il est arrivé."), Coding())
    rows = page_rows(CAPTURE, MARK, record, run_id="r", source="mli_a")
    assert rows["captures"][0]["digest"] == digest_of(b"<p>x") and rows["captures"][0]["shelf_offset"] == 1024
    assert rows["readings"][0]["url"] == "https://a.example/x" and rows["readings"][0]["listed_url"] == CAPTURE.url
    assert [(row["level"], row["shelf_offset"]) for row in rows["rejects"]] == [("field", 1024)]
    assert "published_on" in rows["rejects"][0]["reason"]


def test_an_unreadable_page_is_a_capture_and_a_reject_without_its_address():
    rows = page_rows(CAPTURE, MARK, {"error": "https://a.example/x: an empty page"}, run_id="r", source=None)
    assert "readings" not in rows and rows["rejects"][0]["reason"] == "an empty page"
    assert rows["rejects"][0]["level"] == "page" and rows["rejects"][0]["shelf_file"] == MARK.file


def test_batches_are_merged_in_order_and_validators_come_from_headers():
    assert merged([{"a": [{"n": 1}]}, {"b": []}, {"a": [{"n": 2}]}]) == {"a": [{"n": 1}, {"n": 2}], "b": []}
    assert validators_of(CAPTURE) == Validators('"1"', None)
