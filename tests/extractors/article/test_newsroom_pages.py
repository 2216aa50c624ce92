"""The sample newsroom's pages are read right by the general rules alone: no source, no layout."""

from zoneinfo import ZoneInfo

import pytest

from extractors import read_article
from flows.newsroom import open_site

SITE = open_site()


def paragraphs(body):
    return [" ".join(paragraph.split()) for paragraph in body.split("\n\n")]


@pytest.mark.parametrize("story", SITE.stories, ids=lambda story: story.slug)
def test_a_page_without_a_declared_source(story):
    paper = SITE.papers[story.paper]
    article = read_article(SITE.page(story).body, url=SITE.url(story))
    day = story.published_at.astimezone(ZoneInfo(paper.timezone)).date().isoformat()
    assert article.headline == story.headline and article.language == paper.language
    assert article.published_on == (day if paper.shows_date else None)
    assert paragraphs(article.body) == paragraphs(story.body)
    assert article.byline == (() if paper.template == "ministry" else story.byline)
    assert [link.headline for link in article.related] == [headline for headline, _ in story.related]
    assert article.is_truncated == story.is_truncated
