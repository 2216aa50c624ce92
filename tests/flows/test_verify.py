"""The first visit to a paper: its feed is found, its pages are read, and the declaration that is written can be run."""

import asyncio
import dataclasses
from datetime import date

import pytest
from archives import sample_settings

from extractors import Discover, Expect, Layout, Listing, Manners, Schedule, Source, find_feeds, load_sources
from flows.checking import check_source, check_url
from flows.errors import RunError
from flows.newsroom import Newsroom
from flows.sources import declared_sources
from flows.verifying import find_channels, verify_source, write_declaration


@pytest.fixture(scope="module")
def room():
    with Newsroom() as newsroom:
        yield newsroom


@pytest.fixture
def settings(room, tmp_path):
    return sample_settings(tmp_path / "archive", room.port)


def bare(settings, name):
    """The paper as one declares it who knows no more than its front page."""
    return dataclasses.replace(declared_sources(settings)[name], verified=False, discover=Discover(fetch="all"))


@pytest.mark.parametrize(
    ("name", "discover"),
    [
        ("sen_corniche", Discover(feeds=("http://la-corniche.example/feed/",), fetch="all")),
        ("civ_ebrie", Discover(sitemaps=("http://courrier-ebrie.example/sitemap-news.xml",), fetch="all")),
        ("tcd_diplomatie", Discover(listings=(Listing("http://portail-diplomatique-ndjamena.example/"),), fetch="all")),
    ],
)
def test_a_paper_is_found_out_from_its_front_page(settings, tmp_path, name, discover):
    seen = asyncio.run(verify_source(bare(settings, name), settings, pages=2, tell=lambda line: None))
    assert seen.is_good and seen.source.discover == discover and len(seen.pages) == 2
    write_declaration(seen.source, tmp_path / "own")
    (written,) = load_sources([tmp_path / "own"]).values()
    assert written == dataclasses.replace(seen.source, verified=True)


def test_a_paper_that_nobody_declared_is_asked_for_all_its_channels(room, settings):
    found = asyncio.run(find_channels("http://la-corniche.example/", settings, tell=lambda line: None))
    assert found[0].channel.url == "http://la-corniche.example/feed/" and not found[0].is_sitemap and found[0].entries
    with pytest.raises(RunError, match="no contact"):
        asyncio.run(find_channels("http://no-such-host.example/", settings, tell=lambda line: None))


def test_a_whole_declaration_is_written_as_it_was(tmp_path):
    source = Source(
        "mli_a", 'Le "Témoin"\\', "MLI", "fr", "newspaper", "https://a.example/", "Deux\nlignes", True, False,
        Discover(("https://a.example/f",), (), (Listing("https://a.example/l", "h2 a"),), "likely"),
        Manners(3.5, "licence of 2026-03-01", (8080,)), Schedule("*/5 * * * *", "Africa/Bamako"), Expect((1, 20)),
        (Layout(until=date(2025, 6, 30), headline="h1.titre"), Layout(body="div.texte p")),
    )  # fmt: skip
    write_declaration(source, tmp_path)
    assert load_sources([tmp_path]) == {"mli_a": source}


def test_a_source_and_one_of_its_pages_can_be_looked_at(room, settings):
    declared = declared_sources(settings)
    seen = asyncio.run(check_source(declared["mli_hombori"], settings, pages=1, tell=lambda line: None))
    assert seen.channel_rows[0]["outcome"] == "ok" and seen.channel_rows[0]["entries"] > 1
    story = next(story for story in room.site.stories if story.paper == "mli_hombori")
    page = asyncio.run(check_url(room.site.url(story), settings, declared, name=None))
    assert {row["field"]: row["value"] for row in page.fields}["headline"] == story.headline
    with pytest.raises(RunError, match="gone"):
        asyncio.run(check_url("http://hombori-depeches.example/none", settings, declared, name=None))


def test_announced_feeds_come_before_linked_ones_and_those_of_comments_not_at_all():
    page = b"""<html><head><link rel="alternate" type="application/atom+xml" href="/atom">
    <link rel="alternate" type="application/rss+xml" href="/comments/feed"><link rel="stylesheet" href="/feed.css"></head>
    <body><a href="/rss/politique.xml">RSS</a><a href="http://[">x</a><a href="/a">A</a><a href="mailto:rss@a.example">m</a></body>"""
    assert find_feeds(page, url="https://a.example/") == (
        "https://a.example/atom",
        "https://a.example/rss/politique.xml",
    )
    assert find_feeds(b"\x00\xff", url="https://a.example/") == ()
