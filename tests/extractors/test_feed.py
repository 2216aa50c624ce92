"""Feeds, sitemaps and listing pages of every kind we meet, and bytes that are none of them."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import FeedError
from extractors.feed import MAX_BYTES, MAX_FEED_ENTRIES, FeedReading, read_feed

URL = "https://le-temoin.example/rss/"
RSS = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>T</title>
<item><title>Visite   \xc3\xa0 Bamako</title><link>/a/1.html</link><description>&lt;p&gt;Un r\xc3\xa9sum\xc3\xa9&lt;/p&gt;</description>
<pubDate>Tue, 04 Nov 2025 10:00:00 +0100</pubDate></item>
<item><title>Encore</title><link>/a/1.html</link></item>
<item><title>Courriel</title><link>mailto:a@b.example</link></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>Arriv\xc3\xa9e</title>
<link href="https://le-temoin.example/b"/><published>2025-11-05T00:30:00+01:00</published></entry></feed>"""
NEWS_SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://le-temoin.example/c</loc>
<news:news><news:publication_date>2025-11-06</news:publication_date><news:title>Communique</news:title></news:news></url></urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/s1.xml</loc></sitemap></sitemapindex>"""


def test_rss_is_read_in_order_with_absolute_addresses_once_each():
    reading = read_feed(RSS, url=URL)
    assert reading.kind == "rss"
    (entry,) = reading.entries
    assert (entry.url, entry.headline) == ("https://le-temoin.example/a/1.html", "Visite à Bamako")
    assert (entry.summary, entry.published_on) == ("Un résumé", "2025-11-04")


def test_atom_keeps_the_day_of_the_printed_offset():
    (entry,) = read_feed(ATOM, url=URL).entries
    assert (entry.published_on, entry.published_at) == ("2025-11-05", "2025-11-05T00:30:00+01:00")


@pytest.mark.parametrize(
    ("head", "entry", "tail"),
    [
        ("<rss version='2.0'><channel>", "<item><link>/{0}</link></item>", "<ttl>60</ttl></channel></rss>"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry\n><link href='/{0}'/></entry >", "</feed>"),
    ],
)
def test_a_feed_without_end_is_read_up_to_the_most_entries_and_stays_whole(head, entry, tail):
    most = MAX_FEED_ENTRIES
    reading = read_feed((head + "".join(entry.format(n) for n in range(most + 20)) + tail).encode(), url=URL)
    assert [e.url.rpartition("/")[2] for e in reading.entries] == [str(n) for n in range(most)]
    assert reading.ttl_seconds == (3600 if "ttl" in tail else None)


def test_json_feed_is_read_and_odd_items_are_left_out():
    items = [
        {"url": "/d", "title": "D", "date_published": "2025-11-07T08:00:00Z"},
        {"url": 7},
        "x",
        {"title": "no url"},
    ]
    reading = read_feed(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode(), url=URL)
    assert [e.url for e in reading.entries] == ["https://le-temoin.example/d"]
    assert reading.entries[0].published_on == "2025-11-07"


def test_news_sitemap_gives_headline_and_day_also_when_gzipped():
    for data in (NEWS_SITEMAP, gzip.compress(NEWS_SITEMAP)):
        (entry,) = read_feed(data, url=URL).entries
        assert (entry.url, entry.headline, entry.published_on) == (
            "https://le-temoin.example/c",
            "Communique",
            "2025-11-06",
        )


def test_sitemap_index_gives_sitemaps_and_no_entries():
    reading = read_feed(INDEX, url=URL)
    assert (reading.kind, reading.sitemaps, reading.entries) == (
        "sitemap_index",
        ("https://le-temoin.example/s1.xml",),
        (),
    )


def test_listing_page_is_read_by_its_selector():
    page = b'<html><nav><a href="/x">Menu</a></nav><h2 class=t><a href="/e">Le ministre attendu a Niamey jeudi</a></h2></html>'
    (entry,) = read_feed(page, url=URL, selector="h2.t").entries
    assert (entry.url, entry.headline) == ("https://le-temoin.example/e", "Le ministre attendu a Niamey jeudi")


@pytest.mark.parametrize(
    ("data", "selector", "message"),
    [
        (b"", None, "empty document"),
        (b"<!DOCTYPE html><html><body>Bienvenue</body></html>", None, "found an HTML page"),
        (b"{not json", None, "JSON that can't be read"),
        (b'{"items": 3}', None, "`items`"),
        (b"\x89PNG\r\n\x1a\n", None, "none of them"),
        (gzip.compress(NEWS_SITEMAP, mtime=0)[:40], None, "cut short"),
        (gzip.compress(b" " * (MAX_BYTES + 2), mtime=0), None, "no feed is that long"),
        (b"<html><p>vide</p></html>", "h2 a", "found none"),
        (b"<html><p>vide</p></html>", "h2[", "can't be read"),
        (b"<html><p>vide</p></html>", "h2::text", "can't be read"),
        # bug caught: a selector beyond the limit of its reader's parts ended the run of its source
        (b"<html><p>vide</p></html>", "h2" + ":not(b)" * 5_000, "can't be read"),
    ],
)
def test_what_is_no_feed_is_refused_with_what_was_looked_for(data, selector, message):
    with pytest.raises(FeedError, match=message) as caught:
        read_feed(data, url=URL, selector=selector)
    assert URL in str(caught.value)


def test_entities_of_the_document_are_never_expanded():
    bomb = b'<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>https://a.example/&x;</loc></url></urlset>'
    assert not any("root" in e.url for e in read_feed(bomb, url=URL).entries)


@given(
    st.one_of(
        st.binary(max_size=400),
        st.sampled_from([RSS, ATOM, NEWS_SITEMAP, INDEX]).flatmap(
            lambda whole: st.integers(0, len(whole)).map(lambda cut: whole[:cut] + b"\0<" + whole[cut // 2 :])
        ),
    )
)
def test_any_bytes_give_a_reading_or_a_feed_error(data):
    try:
        reading = read_feed(data, url=URL)
    except FeedError:
        return
    assert isinstance(reading, FeedReading)
    assert all(e.url.startswith(("http://", "https://")) for e in reading.entries)
