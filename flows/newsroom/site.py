"""The sample newsroom's printing house: stories in, the pages and feeds of every host out, always the same bytes."""

from __future__ import annotations

import email.utils
import hashlib
import html.entities
import json
import tomllib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import jinja2
from babel.dates import format_datetime

from flows.newsroom.stories import HERE, NewsroomError, Paper, Story, load_papers, load_stories

CHANNELS: Mapping[str, tuple[str, str]] = {
    "rss": ("/feed/", "application/rss+xml; charset=utf-8"),
    "atom": ("/atom.xml", "application/atom+xml; charset=utf-8"),
    "json_feed": ("/feed.json", "application/feed+json; charset=utf-8"),
    "news_sitemap": ("/sitemap-news.xml", "application/xml; charset=utf-8"),
    "listing": ("/actualites/", "text/html"),
}
"""Address and type of each way in which a paper tells what is new."""
_DATE_FORMS = {
    "fr": "d MMMM y 'à' HH'h'mm", "en": "d MMMM y, HH:mm", "es": "d 'de' MMMM 'de' y, HH:mm",
    "pt": "d 'de' MMMM 'de' y, HH'h'mm", "ar": "d MMMM y - HH:mm",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """What one address answers."""

    content_type: str
    body: bytes
    modified_at: datetime

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


@dataclass(frozen=True)
class Site:
    """All hosts of the newsroom, printed."""

    papers: Mapping[str, Paper]
    stories: tuple[Story, ...]
    pages: Mapping[tuple[str, str], Page] = field(repr=False)

    @property
    def hosts(self) -> tuple[str, ...]:
        return tuple(sorted(paper.host for paper in self.papers.values()))

    def story(self, slug: str) -> Story:
        for story in self.stories:
            if story.slug == slug:
                return story
        raise NewsroomError(f"{slug}: no story has this slug; see flows/newsroom/stories")

    def url(self, story: Story) -> str:
        return _url(self.papers[story.paper], article_path(self.papers[story.paper], story))

    def page(self, story: Story) -> Page:
        paper = self.papers[story.paper]
        return self.pages[paper.host, article_path(paper, story)]

    def revised(self, slug: str, paragraph: str) -> Site:
        """The same newsroom an hour after: one story has a paragraph more."""
        old = self.story(slug)
        new = replace(
            old,
            text=f"{old.text.rstrip()}\n\n{paragraph}",
            modified_at=(old.modified_at or old.published_at) + timedelta(hours=1),
        )
        return print_site(self.papers, tuple(new if story is old else story for story in self.stories))


def open_site() -> Site:
    """The newsroom as its data files tell it."""
    return print_site(load_papers(), load_stories())


def print_site(papers: Mapping[str, Paper], stories: tuple[Story, ...]) -> Site:
    """Every page and feed of every host."""
    pages: dict[tuple[str, str], Page] = {}
    for paper in papers.values():
        told = tuple(story for story in reversed(stories) if story.paper == paper.key)
        if not told:
            raise NewsroomError(f"{paper.key}: no story names this paper; write one or take the paper out")
        for path, page in _print_paper(paper, told):
            if (paper.host, path) in pages:
                raise NewsroomError(f"{paper.key}: two pages at {path}; give one story another slug")
            pages[paper.host, path] = page
    unknown = {story.paper for story in stories} - set(papers)
    if unknown:
        raise NewsroomError(f"{sorted(unknown)[0]}: a story names a paper without a file in papers/; write it")
    return Site(papers, stories, pages)


def article_path(paper: Paper, story: Story) -> str:
    """The path (and query) at which the paper prints the story."""
    day = story.published_at.astimezone(ZoneInfo(paper.timezone))
    number = zlib.crc32(story.slug.encode()) % 90_000 + 10_000
    return paper.path.format(slug=story.slug, year=day.year, month=f"{day:%m}", day=f"{day:%d}", number=number)


def _url(paper: Paper, path: str) -> str:
    # plain http: the loopback server has no certificate, and archived addresses carry no port
    return urljoin(f"http://{paper.host}/", path)


def _print_paper(paper: Paper, told: tuple[Story, ...]) -> Iterator[tuple[str, Page]]:
    latest = max(story.modified_at or story.published_at for story in told)
    views = [_view(paper, story, told) for story in told]
    common = {"paper": paper, "words": _WORDS[paper.language], "views": views, "home": _url(paper, "/")}
    for story, view in zip(told, views, strict=True):
        text = _PRESS.get_template(f"{paper.template}.html").render(**common, story=story, view=view)
        yield article_path(paper, story), _html_page(paper, text, story.modified_at or story.published_at)
    front = _html_page(paper, _PRESS.get_template("listing.html").render(**common), latest)
    yield "/", front
    feed_path, content_type = CHANNELS[paper.channel]
    yield "/robots.txt", Page("text/plain; charset=utf-8", _robots(paper).encode(), latest)
    if paper.channel == "listing":
        yield feed_path, front
    else:
        yield feed_path, Page(content_type, _feed(paper, common, latest).encode(), latest)


def _feed(paper: Paper, common: Mapping[str, Any], latest: datetime) -> str:
    if paper.channel != "json_feed":
        return _PRESS.get_template(f"feed_{paper.channel}.xml").render(**common, latest=latest)
    items = [
        {"id": view["url"], "url": view["url"], "title": view["headline"], "summary": view["summary"],
         "date_published": view["published_iso"], "date_modified": view["modified_iso"]}
        for view in common["views"]
    ]  # fmt: skip
    form = {"version": "https://jsonfeed.org/version/1.1", "title": paper.title, "home_page_url": common["home"],
            "language": paper.language, "items": items}  # fmt: skip
    return json.dumps(form, ensure_ascii=False, indent=1)


def _robots(paper: Paper) -> str:
    lines = ["User-agent: *", "Disallow: /recherche/", "Disallow: /wp-admin/"]
    if paper.channel == "news_sitemap":
        lines += ["", f"Sitemap: {_url(paper, CHANNELS['news_sitemap'][0])}"]
    return "\n".join(lines) + "\n"


def _html_page(paper: Paper, text: str, modified_at: datetime) -> Page:
    if paper.template == "entities":
        text = "".join(_entity(letter) for letter in text)
    # a server that says nothing of the charset, as most do, leaves it to the page's own declaration
    body = text.encode(paper.charset, errors="xmlcharrefreplace")
    return Page("text/html", body, modified_at)


def _entity(letter: str) -> str:
    if letter.isascii():
        return letter
    name = html.entities.codepoint2name.get(ord(letter))
    return f"&{name};" if name else f"&#{ord(letter)};"


def _view(paper: Paper, story: Story, told: tuple[Story, ...]) -> dict[str, Any]:
    """What templates print of a story, beside the story itself."""
    paths = {other.slug: _url(paper, article_path(paper, other)) for other in told}
    missing = [slug for _, slug in story.related if slug not in paths]
    if missing:
        raise NewsroomError(f"{story.slug}: its link leads to {missing[0]}, which {paper.key} doesn't print; mend it")
    zone = ZoneInfo(paper.timezone)
    published, modified = (at.astimezone(zone) for at in (story.published_at, story.modified_at or story.published_at))
    form = _DATE_FORMS[paper.language]
    return {
        "url": paths[story.slug],
        "path": article_path(paper, story),
        "headline": story.headline,
        "summary": story.lede or next(block.text for block in story.blocks if block.kind == "paragraph"),
        "blocks": [(block, paths[block.related[1]] if block.related else None) for block in story.blocks],
        "published": published,
        "published_iso": published.isoformat(),
        "modified_iso": modified.isoformat(),
        "published_text": format_datetime(published, form, locale=paper.language),
        "day_text": f"{published:%d/%m/%Y}",
        "others": [(other.headline, paths[other.slug]) for other in told if other is not story][:4],
    }


def _authors(byline: tuple[str, ...], paper_title: str) -> list[dict[str, str]]:
    """JSON-LD authors; a paper without byline names itself, as most systems do."""
    people = [{"@type": "Person", "name": name} for name in byline]
    return people or [{"@type": "Organization", "name": paper_title}]


def _press() -> jinja2.Environment:
    press = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    press.globals.update(authors=_authors, rfc_date=email.utils.format_datetime)
    return press


_PRESS = _press()
_WORDS: Mapping[str, Mapping[str, Any]] = tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))
"""What papers print around an article, by language."""
