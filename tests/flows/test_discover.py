"""The scout: channels of every kind on a real server, bad ones that cost only themselves, and saved pages."""

import asyncio
import gzip
import json
from datetime import UTC, date, datetime

import pytest

from extractors import Discover, Entry, Listing, Source, load_sources
from flows.discover import channels, look, saved_pages
from flows.discover.feeds import is_within
from flows.fetch import Fetcher, Validators
from flows.fetch.reservation import TDM_FILE
from flows.newsroom import Newsroom
from flows.settings import Limits

HOST = "paper.example"
LIMITS = Limits(request_seconds=2, connect_seconds=2, delay_seconds=0, retries=0)


def declared(**discover):
    return Source(
        "mli_paper", "Paper", "MLI", "fr", "newspaper", f"http://{HOST}/", verified=True, discover=Discover(**discover)
    )


def seen(site, source, validators=None, memory=None):
    async def run():
        async with Fetcher(LIMITS, agent="x", overrides=site.overrides(HOST)) as fetcher:
            return [
                await look(
                    channel, fetcher, validators=validators or {}, memory=memory, delay_seconds=0, max_bytes=100_000
                )
                for channel in channels(source)
            ]

    return asyncio.run(run())


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>
<item><title>Visite à Bamako</title><link>http://paper.example/1</link><pubDate>Mon, 05 Jan 2026 10:00:00 GMT</pubDate></item>
</channel></rss>"""
SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://paper.example/{}</loc></url></urlset>'
)
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>http://paper.example/s1</loc></sitemap><sitemap><loc>http://paper.example/s2</loc></sitemap><sitemap><loc>http://paper.example/i</loc></sitemap></sitemapindex>'
PAGE = '<html><body><a href="/x">Menu</a><h2><a href="/art">Le ministre est arrivé à Dakar lundi</a></h2></body></html>'


def test_channels_of_every_kind_are_read(site):
    site.pages |= {
        (HOST, "/rss"): site.answer(RSS, ETag='"7"'), (HOST, "/i"): site.answer(INDEX), (HOST, "/s1"): site.answer(SITEMAP.format("a")),
        (HOST, "/s2"): site.answer(SITEMAP.format("b")), (HOST, "/list"): site.answer(PAGE), (HOST, "/bare"): site.answer(PAGE),
    }  # fmt: skip
    base = f"http://{HOST}"
    rss, index, listing, bare = seen(
        site,
        declared(
            feeds=(f"{base}/rss",),
            sitemaps=(f"{base}/i",),
            listings=(Listing(f"{base}/list", "h2 a"), Listing(f"{base}/bare")),
        ),
    )
    assert (rss.kind, [e.url for e in rss.entries], rss.result.validators.etag) == ("rss", [f"{base}/1"], '"7"')
    assert rss.entries[0].published_on == "2026-01-05"
    assert [e.url for s in index.everything for e in s.entries] == [f"{base}/a", f"{base}/b"]
    assert [[e.url for e in s.entries] for s in (listing, bare)] == [[f"{base}/art"]] * 2
    assert site.asked[HOST, "/i"] == 2, "an index that lists itself is not followed for ever"


def test_an_unchanged_channel_costs_a_304_and_is_no_problem(site):
    site.pages[HOST, "/rss"] = lambda _, h: (
        site.answer(status="304 Not Modified") if h.get("if-none-match") == '"7"' else site.answer(RSS)
    )
    url = f"http://{HOST}/rss"
    (unchanged,) = seen(site, declared(feeds=(url,)), {url: Validators('"7"')})
    assert (unchanged.result.outcome, unchanged.entries, unchanged.problem) == ("not_modified", (), None)


def test_an_unchanged_index_has_its_parts_looked_at(site):
    """Bugs caught: an index that answered 304 hid the articles that its parts listed since."""

    class Memory:
        async def validators(self, urls):
            return {f"http://{HOST}/s2": Validators('"2"')}

        async def at_rest(self, urls):
            return {}

        async def last(self, url):
            return {
                f"http://{HOST}/i": (INDEX.encode(), url),
                f"http://{HOST}/s2": (SITEMAP.format("old").encode(), url),
            }.get(url)

    same = site.answer(status="304 Not Modified")
    site.pages |= {
        (HOST, "/i"): lambda _, headers: same if headers.get("if-none-match") == '"7"' else site.answer(INDEX),
        (HOST, "/s1"): site.answer(SITEMAP.format("new")),
        (HOST, "/s2"): lambda _, headers: (
            same if headers.get("if-none-match") == '"2"' else site.answer(SITEMAP.format("asked in vain"))
        ),
    }
    url = f"http://{HOST}/i"
    (index,) = seen(site, declared(sitemaps=(url,)), {url: Validators('"7"')}, Memory())
    assert index.result.outcome == "not_modified" and index.problem is None
    assert [(e.url, s.result.outcome) for s in index.parts for e in s.entries] == [
        (f"http://{HOST}/new", "ok"), (f"http://{HOST}/old", "not_modified")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<!doctype html><html><p>hello</p></html>", "HTML page"),
        ("", "empty document"),
        (bytes(range(256)), "none of them"),
        ('{"a": 1}', "items"),
        ("<rss", "none of them"),
    ],
)
def test_a_channel_that_is_no_feed_says_what_it_is(site, body, words):
    site.pages |= {(HOST, "/bad"): site.answer(body), (HOST, "/rss"): site.answer(RSS)}
    bad, good = seen(site, declared(feeds=(f"http://{HOST}/bad", f"http://{HOST}/rss")))
    assert words in bad.problem and not bad.entries
    assert good.entries and good.problem is None


def test_a_channel_that_is_not_there_is_a_problem_in_words(site):
    (missing,) = seen(site, declared(feeds=(f"http://{HOST}/none",)))
    assert missing.result.outcome == "gone" and "404" in missing.problem


def test_a_backfill_asks_for_the_further_pages_of_a_listing_and_a_usual_run_does_not():
    listing = Listing(f"http://{HOST}/list", "h2 a", f"http://{HOST}/list/page/{{page}}/", 3)
    source = declared(listings=(listing, Listing(f"http://{HOST}/other")))
    assert [place.url for place in channels(source)] == [f"http://{HOST}/list", f"http://{HOST}/other"]
    deep = channels(source, is_backfill=True)
    assert [place.url.removeprefix(f"http://{HOST}") for place in deep] == [
        "/list",
        "/list/page/2/",
        "/list/page/3/",
        "/other",
    ]
    assert {place.selector for place in deep[:3]} == {"h2 a"}


def test_the_newest_parts_of_an_index_are_looked_at_and_none_that_changed_before_the_day(site):
    rows = [(n, f"20{10 + n // 12:02d}-{n % 12 + 1:02d}-01") for n in range(120)]
    index = "".join(
        f"<sitemap><loc>http://{HOST}/s{n}</loc><lastmod>{day}T04:00:00+00:00</lastmod></sitemap>" for n, day in rows
    )
    bare = f"<sitemap><loc>http://{HOST}/s999</loc></sitemap>"
    site.pages |= {(HOST, "/i"): site.answer(f'<?xml version="1.0"?><sitemapindex>{index}{bare}</sitemapindex>')}
    site.pages |= {(HOST, f"/s{n}"): site.answer(SITEMAP.format(n)) for n in (*range(120), 999)}

    async def run(since):
        async with Fetcher(Limits(delay_seconds=0), agent="x", overrides=site.overrides(HOST)) as fetcher:
            seen = await look(
                channels(declared(sitemaps=(f"http://{HOST}/i",)))[0],
                fetcher,
                validators={},
                delay_seconds=0,
                max_bytes=10**6,
                since=since,
            )
            return [part.channel.url.rpartition("/s")[2] for part in seen.parts]

    assert asyncio.run(run(None)) == [str(n) for n in range(119, 69, -1)]
    assert asyncio.run(run(date(2019, 10, 1))) == ["119", "118", "117", "999"]


def test_a_window_of_days_keeps_what_has_no_date():
    day = date(2026, 1, 5)
    assert is_within(Entry("u"), day, day) and is_within(Entry("u", published_on="2026-01-05"), day, day)
    assert not is_within(Entry("u", published_on="2026-01-04"), day, None)
    assert not is_within(Entry("u", published_on="2026-01-06"), None, day)
    assert is_within(Entry("u", published_on="1999-01-01"), None, day) and is_within(
        Entry("u", published_on="2999-01-01"), day, None
    )


# ---------------------------------------------------------------- saved pages


def test_a_folder_of_saved_pages_is_read_with_the_manifest_s_addresses(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "a.html").write_bytes(b"<p>a")
    (tmp_path / "in" / "b.html.gz").write_bytes(gzip.compress(b"<p>b"))
    (tmp_path / "c.txt").write_text("no page")
    row = {"id": "1", "path": "in/b.html.gz", "url": "https://p.example/b", "captured_at": "2020-02-03T04:05:06+00:00"}
    (tmp_path / "manifest.jsonl").write_text(json.dumps(row) + "\n\n", encoding="utf-8")
    a, b = (page.capture for page in saved_pages(tmp_path, max_bytes=100))
    assert (a.url, a.body) == ("file:///a.html", b"<p>a") and a.captured_at.tzinfo is UTC
    assert (b.url, b.body, b.captured_at) == ("https://p.example/b", b"<p>b", datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC))


def test_a_bad_file_costs_only_itself(tmp_path):
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(b"x" * 5000)[:20])
    (tmp_path / "b.html").write_bytes(b"x" * 101)
    (tmp_path / "c.html.gz").write_bytes(b"no gzip")
    (tmp_path / "d.html").write_bytes(b"good")
    pages = list(saved_pages(tmp_path, max_bytes=100))
    assert [page.capture is None for page in pages] == [True, True, True, False]
    assert "more than 100 bytes" in pages[1].problem and all("." in p.problem for p in pages[:3])


def test_a_manifest_line_that_is_none_is_named(tmp_path):
    (tmp_path / "manifest.jsonl").write_text('{"path": "a.html"}\nnot json\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"manifest\.jsonl:2"):
        list(saved_pages(tmp_path, max_bytes=100))


# ---------------------------------------------------------------- the sample newsroom, whole


def test_every_story_of_the_newsroom_is_found_and_fetched_and_a_second_look_costs_only_304s():
    limits = Limits(delay_seconds=0, retries=0)

    async def visit(room, known):
        """All channels, then all pages that they list: (channels seen, page results)."""
        async with Fetcher(limits, agent="Chancery/0.1", overrides=room.overrides) as fetcher:
            places = [
                channel for source in load_sources([room.sources_folder]).values() for channel in channels(source)
            ]
            looks = [look(c, fetcher, validators=known, delay_seconds=0, max_bytes=limits.feed_bytes) for c in places]
            seen = await asyncio.gather(*looks)
            urls = {entry.url for s in seen for part in s.everything for entry in part.entries}
            return seen, await asyncio.gather(*(fetcher.fetch(url, validators=known.get(url)) for url in sorted(urls)))

    with Newsroom() as room:
        seen, pages = asyncio.run(visit(room, {}))
        assert {s.problem for s in seen} == {None}
        stories = {room.site.url(story): room.site.page(story).body for story in room.site.stories}
        assert {page.url: page.capture.body for page in pages if page.url in stories} == stories
        assert {page.outcome for page in pages} == {"ok"}
        known = {s.channel.url: s.result.validators for s in seen} | {page.url: page.validators for page in pages}
        room.forget_requests()
        again, _ = asyncio.run(visit(room, known))
        assert {s.result.outcome for s in again} == {"not_modified"}
        assert {status for _, path, status in room.requests if path not in ("/robots.txt", TDM_FILE)} == {304}
