"""Text and data mining reserved: file, header and meta, the later over the earlier, and nothing taken that is reserved."""

import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetch import Fetcher, FetchResult
from flows.fetch.capture import Capture
from flows.fetch.reservation import PROBES, TDM_FILE, read_reservation_file
from flows.settings import Limits

HOST = "paper.example"
LIMITS = Limits(connect_seconds=2, request_seconds=2.5, delay_seconds=0, retries=0)
META = '<meta name="tdm-reservation" content="{}">'


def fetched(site, *paths, right=None):
    async def run():
        async with Fetcher(LIMITS, agent="Chancery/0.1", overrides=site.overrides(HOST)) as fetcher:
            return [await fetcher.fetch(f"http://{HOST}{path}", right=right) for path in paths]

    return asyncio.run(run())


def print_file(site, *rules):
    rows = [{"location": location, "tdm-reservation": value} for location, value in rules]
    site.pages[HOST, TDM_FILE] = site.answer(json.dumps(rows), Content_Type="application/json")


@pytest.mark.parametrize(
    ("file", "header", "meta", "verdict"),
    [
        (None, None, None, None),
        (1, None, None, "reserved (file)"),
        (0, None, None, "open (file)"),
        (1, "0", None, "open (header)"),
        (0, "1", None, "reserved (header)"),
        (0, "0", 1, "reserved (meta)"),
        (1, "1", 0, "open (meta)"),
    ],
)
def test_the_later_word_counts(site, file, header, meta, verdict):
    if file is not None:
        print_file(site, ("/", file))
    page = META.format(meta) if meta is not None else "<p>page"
    site.pages[HOST, "/a"] = site.answer(page, **({"TDM_Reservation": header} if header else {}))
    (result,) = fetched(site, "/a")
    is_taken = verdict is None or verdict.startswith("open")
    assert result.reservation == verdict
    assert result.outcome == ("ok" if is_taken else "tdm_reserved")
    assert (result.capture is not None) == is_taken


def test_a_right_in_the_source_file_opens_what_is_reserved(site):
    print_file(site, ("/", 1))
    site.pages[HOST, "/a"] = site.answer("<p>page")
    (result,) = fetched(site, "/a", right="licence of 2026-03-01")
    assert (result.outcome, result.reservation) == ("ok", "reserved (file)")


def test_a_site_that_reserves_everything_is_soon_left_alone(site):
    print_file(site, ("/", 1))
    paths = [f"/{n}" for n in range(PROBES + 3)]
    site.pages |= {(HOST, path): site.answer("<p>page") for path in paths}
    assert {result.outcome for result in fetched(site, *paths)} == {"tdm_reserved"}
    assert sum(site.asked[HOST, path] for path in paths) == PROBES
    assert site.asked[HOST, TDM_FILE] == 1


def test_a_page_that_asks_not_to_be_archived_is_not_taken(site):
    site.pages |= {
        (HOST, "/a"): site.answer('<meta name="robots" content="noarchive"><p>page'),
        (HOST, "/b"): site.answer("<p>page", X_Robots_Tag="noarchive"),
        (HOST, "/c"): site.answer("<p>page", X_Robots_Tag="noindex"),
    }
    assert [r.outcome for r in fetched(site, "/a", "/b", "/c")] == ["archive_refused", "archive_refused", "ok"]


def test_verdicts_of_robots_are_kept_with_the_fetch(site):
    site.pages |= {
        (HOST, "/robots.txt"): site.answer("User-agent: *\nDisallow: /no"),
        (HOST, "/a"): site.answer("<p>page"),
    }
    assert [r.robots for r in fetched(site, "/a", "/no")] == ["allowed", "disallowed"]


@pytest.mark.parametrize(
    ("rules", "path", "is_reserved"),
    [
        ((("/", 1), ("/open/*", 0)), "/open/a", False),
        ((("/", 0), ("*.pdf$", 1)), "/x/a.pdf", True),
        ((("/", 0), ("*.pdf$", 1)), "/x/a.pdf?b", False),
        ((("politique", 1),), "/politique/a", True),
        ((("/a", 0), ("/a", 1)), "/a", True),
    ],
)
def test_the_longest_location_decides(rules, path, is_reserved):
    body = json.dumps([{"location": location, "tdm-reservation": value} for location, value in rules]).encode()
    assert read_reservation_file(_result(body)).of(f"https://{HOST}{path}").is_reserved is is_reserved


@given(
    st.binary(max_size=300)
    | st.recursive(
        st.none() | st.text() | st.integers(),
        lambda x: st.lists(x) | st.dictionaries(st.sampled_from(["location", "tdm-reservation"]), x),
        max_leaves=10,
    ).map(lambda x: json.dumps(x).encode())
)
def test_any_file_is_read(body):
    assert read_reservation_file(_result(body)).of(f"https://{HOST}/a").is_reserved in (True, False)


def _result(body):
    capture = Capture("u", "u", 200, (), body, None)
    return FetchResult("u", "ok", capture)
