"""The sample newsroom holds what it promises, answers as real servers do, and is read as its data files say."""

from __future__ import annotations

import http.client
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup

import extractors
from flows.newsroom import Newsroom, NewsroomError, Site, Story, load_papers, load_stories, open_site
from flows.newsroom.site import CHANNELS, Page, article_path, print_site
from flows.newsroom.stories import read_block

SITE = open_site()
PAPERS = SITE.papers
FRENCH = [key for key, paper in PAPERS.items() if paper.language == "fr"]
SAMPLE_LINE = {
    "fr": "Échantillon inventé", "en": "Invented sample", "ar": "عيّنة مختلقة", "es": "Muestra inventada",
    "pt": "Amostra inventada",
}  # fmt: skip


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with Newsroom() as running:
        yield running


def ask(room: Newsroom, host: str, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", room.port, timeout=10)
    try:
        connection.request(method, path, headers={"Host": host, **{k.replace("_", "-"): v for k, v in headers.items()}})
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def told_by(key: str) -> list[Story]:
    return [story for story in SITE.stories if story.paper == key]


def soup_of(site: Site, story: Story) -> BeautifulSoup:
    charset = site.papers[story.paper].charset
    return BeautifulSoup(site.page(story).body.decode(charset), "lxml")


# ---------------------------------------------------------------- what it promises


def test_the_newsroom_is_as_large_as_promised() -> None:
    languages = Counter(PAPERS[story.paper].language for story in SITE.stories)
    assert len(PAPERS) >= 12 and len({paper.country for paper in PAPERS.values()}) >= 8
    assert len(SITE.stories) >= 70 and languages["fr"] >= 40 and set(languages) == {"fr", "en", "ar", "es", "pt"}
    assert sum(not story.is_visit for story in SITE.stories) >= len(SITE.stories) / 4


def test_visits_are_told_from_both_sides_and_over_time() -> None:
    sides: dict[str, set[str]] = defaultdict(set)
    statuses: dict[str, set[str]] = defaultdict(set)
    for story in SITE.stories:
        for visit in story.visits:
            if visit.salience != "incidental":
                sides[visit.event].add(PAPERS[story.paper].country)
                statuses[visit.event].add(visit.status)
    assert len(sides) >= 15
    two_sided = [event for event, countries in sides.items() if len(countries) > 1]
    assert len(two_sided) >= 10
    assert sum(len(seen) > 1 for seen in statuses.values()) >= 8
    assert {"announced", "under_way", "concluded", "postponed", "cancelled"} <= set().union(*statuses.values())


def test_every_channel_and_kind_of_paper_is_there() -> None:
    assert {paper.channel for paper in PAPERS.values()} == set(CHANNELS)
    assert len({paper.template for paper in PAPERS.values()}) >= 9
    kinds = {extractors_kind(file) for file in Newsroom.sources_folder.glob("*.toml")}
    assert kinds >= {"press_agency", "newspaper", "ministry", "broadcaster"}


def extractors_kind(file: Path) -> str:
    found = re.search(r'^kind = "(\w+)"', file.read_text(encoding="utf-8"), re.MULTILINE)
    assert found, f"{file.name} has no kind"
    return found[1]


@pytest.mark.parametrize("story", SITE.stories, ids=lambda story: story.slug)
def test_every_page_prints_its_text_and_says_that_it_is_invented(story: Story) -> None:
    soup = soup_of(SITE, story)
    text = " ".join(soup.body.get_text(" ").split())
    paper = PAPERS[story.paper]
    assert text.count(SAMPLE_LINE[paper.language]) >= 2
    assert SAMPLE_LINE[paper.language] not in story.body
    assert " ".join(story.headline.split()) in text
    for paragraph in story.body.split("\n\n"):
        assert " ".join(paragraph.split()) in text


@pytest.mark.parametrize("story", SITE.stories, ids=lambda story: story.slug)
def test_stories_are_dated_long_enough_and_link_backwards(story: Story) -> None:
    assert 2025 <= story.published_at.year <= 2026 and story.published_at.tzinfo is not None
    assert 100 <= len(story.body.split()) <= 350
    for _, slug in story.related:
        assert SITE.story(slug).published_at < story.published_at
    for visit in story.visits:
        if visit.status == "announced" and visit.start_on:
            assert visit.start_on >= story.published_at.date().isoformat()


@pytest.mark.parametrize("story", [s for s in SITE.stories if s.visits], ids=lambda story: story.slug)
def test_expected_names_are_printed(story: Story) -> None:
    printed = f"{story.headline}\n{story.body}"
    for visit in story.visits:
        assert visit.visitor_name is None or visit.visitor_name in printed
        assert visit.host_name is None or visit.host_name in printed


def test_one_visit_is_told_with_one_pair_of_countries() -> None:
    dyads: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for story in SITE.stories:
        for visit in story.visits:
            dyads[visit.event].add((visit.visitor_country, visit.host_country))
    assert [event for event, pairs in dyads.items() if len(pairs) > 1] == []


def test_papers_reserve_their_hosts_and_match_their_source_files() -> None:
    assert all(host.endswith(".example") for host in SITE.hosts) and len(set(SITE.hosts)) == len(PAPERS)
    files = {file.stem: file.read_text(encoding="utf-8") for file in Newsroom.sources_folder.glob("*.toml")}
    assert set(files) == set(PAPERS)
    for key, text in files.items():
        assert f'home = "http://{PAPERS[key].host}/"' in text
        assert CHANNELS[PAPERS[key].channel][0] in text
        assert "is_sample = true" in text and "verified = true" in text


def test_the_old_tables_are_windows_1252_under_another_name() -> None:
    story = SITE.story("ministre-energie-alger-grande-commission-mixte")
    body = SITE.page(story).body
    assert b"charset=iso-8859-1" in body
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    pages = b"".join(SITE.page(told).body for told in told_by("ner_azawak"))
    assert "’".encode("cp1252") in pages and "—".encode("cp1252") in pages


def test_one_paper_prints_every_accent_as_an_entity() -> None:
    for story in told_by("dza_belvedere"):
        body = SITE.page(story).body
        assert body.isascii() and b"&eacute;" in body


def test_printing_twice_gives_the_same_bytes() -> None:
    again = open_site()
    assert {key: page.etag for key, page in again.pages.items()} == {key: page.etag for key, page in SITE.pages.items()}


# ---------------------------------------------------------------- the copy desk


@pytest.mark.parametrize(
    ("chunk", "kind", "text", "rest"),
    [
        ("## Un intertitre", "intertitle", "Un intertitre", None),
        ("! Les ministres | AHD", "caption", "Les ministres", "AHD"),
        ("+ Un titre | un-lien", "related", "Un titre", "un-lien"),
        ("> Nous venons construire", "quote", "Nous venons construire", None),
        ("Un paragraphe\nsur deux lignes", "paragraph", "Un paragraphe sur deux lignes", None),
    ],
)
def test_blocks(chunk: str, kind: str, text: str, rest: str | None) -> None:
    block = read_block(chunk)
    assert (block.kind, block.text, block.credit) == (kind, text, rest)


def test_an_inline_link_leaves_the_paragraph() -> None:
    block = read_block("La fin. {{Un titre|un-lien}}")
    assert (block.text, block.related) == ("La fin.", ("Un titre", "un-lien"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[story]]\nheadline_ = "x"\n', "headline_"),
        ('[[story]]\nslug = "x"\n', "missing"),
        (
            '[[story]]\npaper = "p"\nslug = "s"\nheadline = "h"\npublished_at = 2025-01-01T00:00:00Z\ntext = "t"\n',
            "negative",
        ),
        ("[[story\n", "not readable as TOML"),
    ],
)
def test_a_wrong_story_file_is_named(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "wrong.toml").write_text(text, encoding="utf-8")
    with pytest.raises(NewsroomError, match=r"wrong\.toml") as caught:
        load_stories(tmp_path)
    assert told in str(caught.value)


def test_a_link_to_nowhere_is_refused() -> None:
    site = SITE.story("president-invite-lisbonne")
    broken = Story(**{**{f: getattr(site, f) for f in Story.__slots__}, "text": "Un texte. {{Rien|nulle-part}}"})
    with pytest.raises(NewsroomError, match="nulle-part"):
        print_site({"sen_corniche": load_papers()["sen_corniche"]}, (broken,))


# ---------------------------------------------------------------- the server


def test_every_address_answers_with_its_type(room: Newsroom) -> None:
    for (host, path), page in SITE.pages.items():
        status, headers, body = ask(room, host, path)
        assert (status, headers["content-type"], body) == (200, page.content_type, page.body)
        assert headers["etag"] == page.etag and headers["last-modified"].endswith("GMT")
    assert sum(room.requests.values()) == len(SITE.pages)


def test_feeds_list_every_story(room: Newsroom) -> None:
    for key, paper in PAPERS.items():
        body = ask(room, paper.host, CHANNELS[paper.channel][0])[2].decode(
            paper.charset if paper.channel == "listing" else "utf-8"
        )
        for story in told_by(key):
            address = article_path(paper, story) if paper.channel == "listing" else SITE.url(story)
            assert address in body, f"{key}: {story.slug}"
    assert json.loads(ask(room, "oualata-info.example", "/feed.json")[2])["items"][0]["date_published"]


@pytest.mark.parametrize("channel", sorted(CHANNELS))
def test_what_is_unchanged_is_not_sent_again(room: Newsroom, channel: str) -> None:
    host = next(paper.host for paper in PAPERS.values() if paper.channel == channel)
    path = CHANNELS[channel][0]
    _, first, _ = ask(room, host, path)
    assert ask(room, host, path, If_None_Match=first["etag"])[::2] == (304, b"")
    assert ask(room, host, path, If_None_Match=f'"other", W/{first["etag"]}')[0] == 304
    assert ask(room, host, path, If_Modified_Since=first["last-modified"])[0] == 304
    long_ago = format_datetime(datetime(2020, 1, 1, tzinfo=UTC), usegmt=True)
    assert ask(room, host, path, If_Modified_Since=long_ago)[0] == 200
    assert ask(room, host, path, If_Modified_Since="not a date")[0] == 200
    both = ask(room, host, path, If_None_Match='"other"', If_Modified_Since=first["last-modified"])
    assert both[0] == 200, "an ETag that differs decides, whatever the date says"


def test_robots_head_and_strangers(room: Newsroom) -> None:
    host = "courrier-ebrie.example"
    status, headers, body = ask(room, host, "/robots.txt")
    assert status == 200 and headers["content-type"].startswith("text/plain")
    assert b"Disallow: /recherche/" in body and b"Sitemap: http://courrier-ebrie.example/sitemap-news.xml" in body
    status, headers, body = ask(room, host, "/", method="HEAD")
    assert status == 200 and body == b"" and int(headers["content-length"]) > 0
    assert ask(room, host, "/nothing-here")[0] == 404
    assert ask(room, "unknown.example", "/")[0] == 404
    assert ask(room, f"{host}:8080", "/")[0] == 200
    assert room.requests[host, "/nothing-here", 404] == 1
    room.forget_requests()
    assert not room.requests


def test_overrides_lead_every_host_to_this_server(room: Newsroom) -> None:
    assert set(room.overrides) == set(SITE.hosts)
    assert set(room.overrides.values()) == {("127.0.0.1", room.port)}


def test_a_touched_page_changes_alone_with_its_feed(room: Newsroom) -> None:
    story = SITE.story("president-du-faso-visite-etat-niger")
    host = PAPERS[story.paper].host
    before = {key: page.etag for key, page in room.site.pages.items()}
    url = room.touch(story.slug, "Le départ a été avancé d'une heure.")
    changed = {key for key, page in room.site.pages.items() if page.etag != before[key]}
    assert url == SITE.url(story)
    assert changed == {(host, article_path(PAPERS[story.paper], story)), (host, "/atom.xml")}
    status, _, body = ask(room, host, article_path(PAPERS[story.paper], story), If_None_Match=before[min(changed)])
    assert status == 200 and "avancé d&#39;une heure" in body.decode()
    with pytest.raises(NewsroomError, match="no story"):
        room.touch("no-such-story", "x")


def test_a_host_can_fall_ill_and_recover(room: Newsroom) -> None:
    room.refuse("la-corniche.example", 503)
    assert ask(room, "la-corniche.example", "/feed/")[0] == 503
    assert ask(room, "zuma-courier.example", "/feed/")[0] == 200
    room.refuse("la-corniche.example", None)
    assert ask(room, "la-corniche.example", "/feed/")[0] == 200


def test_a_page_is_unchanged_to_the_second() -> None:
    from flows.newsroom.server import is_unchanged

    page = Page("text/html", b"x", datetime(2025, 3, 1, tzinfo=UTC))
    before, after = (format_datetime(page.modified_at + timedelta(seconds=s), usegmt=True) for s in (-1, 1))
    assert is_unchanged(page, {"If-Modified-Since": after}) and not is_unchanged(page, {"If-Modified-Since": before})
    assert is_unchanged(page, {"If-None-Match": "*"}) and not is_unchanged(page, {})


# ---------------------------------------------------------------- read by the reading room


def test_the_reading_room_accepts_the_sources_and_lists_every_story() -> None:
    sources = extractors.load_sources([Newsroom.sources_folder])
    assert set(sources) == set(PAPERS) and all(source.is_sample and source.verified for source in sources.values())
    assert len(sources["ner_azawak"].layouts) == 2, "a redesign is told by two dated layouts"
    for key, paper in PAPERS.items():
        path = CHANNELS[paper.channel][0]
        selector = next((listing.selector for listing in sources[key].discover.listings), None)
        feed = extractors.read_feed(
            SITE.pages[paper.host, path].body, url=f"http://{paper.host}{path}", selector=selector
        )
        assert {entry.url for entry in feed.entries} == {SITE.url(story) for story in told_by(key)}


needs_reader = pytest.mark.skipif(
    not hasattr(extractors, "read_article"), reason="extractors.read_article is not there yet"
)
needs_coder = pytest.mark.skipif(
    not hasattr(extractors, "read_visits"), reason="extractors.read_visits is not there yet"
)
COMPARED = ("visitor_name", "visitor_office", "kind", "occasion", "status", "salience")


def read(story: Story) -> Any:
    return extractors.read_article(SITE.page(story).body, url=SITE.url(story), source=source_of(story.paper))


def source_of(key: str) -> Any:
    return extractors.load_sources([Newsroom.sources_folder])[key]


def expected_article(story: Story) -> dict[str, object]:
    paper = PAPERS[story.paper]
    day = story.published_at.astimezone(ZoneInfo(paper.timezone)).date().isoformat()
    links = [(headline, SITE.url(SITE.story(slug))) for headline, slug in story.related]
    byline = () if paper.template == "ministry" else story.byline
    return {
        "headline": story.headline, "published_on": day if paper.shows_date else None, "language": paper.language,
        "byline": byline, "related": links, "is_truncated": story.is_truncated, "body": plain(story.body),
    }  # fmt: skip


def plain(body: str) -> list[str]:
    return [" ".join(paragraph.split()) for paragraph in body.split("\n\n")]


def article_differences(story: Story) -> list[str]:
    article = read(story)
    found: dict[str, object] = {name: getattr(article, name) for name in expected_article(story) if name != "related"}
    found["related"] = [(link.headline, link.url) for link in article.related]
    found["body"] = plain(article.body)
    return [
        f"{story.slug} · {name}\n   expected {wanted!r}\n   read     {found[name]!r}"
        for name, wanted in expected_article(story).items()
        if found[name] != wanted
    ]


@needs_reader
@pytest.mark.parametrize("key", sorted(PAPERS))
def test_articles_are_read_as_they_were_written(key: str) -> None:
    differences = [line for story in told_by(key) for line in article_differences(story)]
    assert not differences, "\n" + "\n".join(differences)


def visit_differences(story: Story) -> list[str]:
    coded = extractors.read_visits(read(story)).visits
    found = {(v.visitor_country, v.host_country): v for v in coded if v.qualifies and v.salience != "incidental"}
    wanted = {(v.visitor_country, v.host_country): v for v in story.visits if v.salience != "incidental"}
    lines = [f"{story.slug} · missing visit {dyad}" for dyad in sorted(set(wanted) - set(found))]
    lines += [f"{story.slug} · visit too many {dyad}" for dyad in sorted(set(found) - set(wanted), key=str)]
    for dyad in sorted(set(found) & set(wanted)):
        pairs = [(name, getattr(wanted[dyad], name), getattr(found[dyad], name)) for name in COMPARED]
        pairs.append(("start_on", wanted[dyad].start_on, found[dyad].start_on.value))
        lines += [f"{story.slug} · {dyad} {name}: expected {a!r}, coded {b!r}" for name, a, b in pairs if a != b]
    return lines


@needs_reader
@needs_coder
@pytest.mark.parametrize("key", FRENCH)
def test_french_pages_are_coded_as_the_codebook_says(key: str) -> None:
    assert [line for story in told_by(key) for line in visit_differences(story)] == []
