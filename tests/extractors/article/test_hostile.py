"""Pages made to hang or fell a reader cost little, and any bytes give an article or a reason."""

import os
import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors import PageError, read_article, read_text
from extractors.article.blocks import MAX_LINES

TEXT = "Un paragraphe assez long pour compter comme du texte, avec une phrase entière."
START = f"<html><head><title>T</title></head><body><article><h1>Titre de la page</h1><p>{TEXT}</p>".encode()
SECONDS = 12
"""CPU seconds: generous, since a quadratic step would take minutes."""


def ld(text):
    return (
        b'<html><head><script type="application/ld+json">'
        + text
        + b"</script></head><body><p>"
        + TEXT.encode()
        + b"</p>"
    )


PAGES = {
    "unclosed svg": START + b"<svg>" * 50_000, "unclosed comments": START + b"<!--" * 50_000, "unclosed scripts": START + b"<script>" * 50_000,
    "one endless script": START + b"<script>" + b"x" * 1_000_000, "nested blocks": START + b"<div>" * 50_000 + b"fond",
    "nested inline": START + b"<span>" * 50_000 + b"fond", "misnested": START + b"<b><i>a</b></i><p><a><table></p>" * 7_000,
    "many attributes": START + b"<p " + b" ".join(b"a%d=1" % n for n in range(50_000)) + b">x", "spaces": START + b"<p>" + b" " * 3_000_000 + b"x</p>",
    "NULs": START.replace(b"a", b"a\0") + b"\0" * 50_000, "entities": START + b"&amp;&#99999999;" * 100_000,
    "one line": START + b"<p>" + b"mot et phrase. " * 70_000, "one word": START + b"<p>" + b"a" * 1_000_000, "breaks": START + b"texte<br>" * 20_000,
    "ready-made lines": START + b"<pre>" + b"a\n" * 100_000, "openers": START + b"<p>" + b"Lire aussi : " * 50_000, "bylines": START + b"<p>" + b"Par " * 100_000,
    "days": START + b'<p class="date">' + b"12/12/" * 50_000, "classes": START + b'<p class="' + b"share-a " * 100_000 + b'">x',
    "separators": b"<html><head><title>" + b"a - " * 30_000 + b"</title><body><p>" + TEXT.encode(), "json, long": ld(b'{"@type":"NewsArticle","a":"' + b"y" * 3_000_000 + b'"}'),
    "json, deep": ld(b'{"a":' * 10_000 + b"1" + b"}" * 10_000), "json, wrong types": ld(
        b'{"@type":["NewsArticle",5,null],"headline":{"a":1},"author":[[["x"]],5,{"name":5},{"name":["a",{"b":1}]}],'
        b'"datePublished":[1,2],"publisher":"x","isAccessibleForFree":{},"articleSection":[[1]],"inLanguage":5}'),
    "wrong link": START + b'<p>Lire aussi : <a href="http://[' + b"x" * 10_000 + b'">un titre</a></p>', "linked headings": START + b"<div>" * 500 + b"<h2><a href=x>aa</a></h2>" * 5_000,
    "UTF-16 without mark": f"<html><body><p>{TEXT}</p></body></html>".encode("utf-16-le"), "right-to-left marks": "<h1>\u202eTitre\u202c</h1><p>\u200f\u202bUn texte.\u202c</p>".encode(),
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_hostile_page_costs_little(page):
    start = time.process_time()
    try:
        article = read_article(page, url="http://journal.example/a", explain=True)
    except PageError as error:
        assert str(error).startswith("http://journal.example/a: ")
    else:
        assert not re.search(r"<[a-z]+[ >]", article.body) and article.body.count("\n\n") < MAX_LINES
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize(
    "page",
    [
        f"<html><head><title>Le titre</tit?e></head><body><h1>Le titre</h1><p>{TEXT}</p></body></html>",
        f"<html><body><h1>Le titre</h1><p>{TEXT} &lt;div class='a'></p></body></html>",
        f"<html><body><h1>Le titre</h1><p>{TEXT} &lt;span class='b&lt;h1>c'></p></body></html>",
        f"<html><body><h1>Le titre</h1><p>{TEXT} &lt;\x0fdiv></p></body></html>",
        f"<html><body><h1>Le titre</h1><p>{TEXT} &lt;h1 class</p></body></html>",
        f"<html><body><h1>Le titre</h1><p>{TEXT} &lt;div@class='c'></p></body></html>",
        f"<html><body><h1>Le titre</h1><p>{TEXT} &lt;<time datetime='2025'>div class='c'></time></p></body></html>",
    ],
)
def test_tags_of_damaged_pages_are_no_text(page):
    """Bugs caught by fuzzing: a title that is never closed took the page for its text, tags stood in the body."""
    body = read_article(page.encode(), url="http://journal.example/a").body
    assert body.startswith(TEXT) and len(body) < len(TEXT) + 5


def test_a_sign_for_less_is_kept():
    text = f"{TEXT} Si a <b alors c l'emporte, et 3 < 5 > 2 dans tous les cas."
    page = f"<html><body><h1>Le titre</h1><p>{text.replace('<', '&lt;')}</p></body></html>"
    assert read_article(page.encode()).body == text


def test_a_million_random_bytes_are_refused():
    with pytest.raises(PageError, match="binary"):
        read_article(os.urandom(1_000_000))


PARTS = st.sampled_from([
    "<p>", "</p>", "<div class='share'>", "<div class='article-body'>", "</div>", "<h1>", "</h1>", "<h2><a href='/x'>", "</a></h2>", "<br>", "<table>", "<tr><td>",
    "<a href='http://[x'>", "</a>", "<figure><figcaption>", "<aside>", "<time datetime='2025-13-45'>", "<span class='author'>", "<pre>", "Lire aussi : ", "Par ", "© ",
    "Publié le 12 mars 2025", "ALGER - ", TEXT, "x", " ", "\n", "é", "ا", "\u202e", "&lt;p&gt;", "<script type='application/ld+json'>{", "</script>", "<!--", "-->", "<", ">",
])  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PARTS, max_size=40).map("".join))
def test_any_mixture_of_markup_gives_an_article_or_a_reason(markup):
    try:
        article = read_article(markup.encode(), explain=True)
    except PageError:
        return
    assert article.body == "\n\n".join(part for part in article.body.split("\n\n") if part.strip())
    assert not re.search(r"</?(?:div|span|table|h1|a)\b", article.body)
    assert all(link.headline.strip() for link in article.related) and "" not in (*article.byline, *article.captions)
    assert article.headline != "" and article.lede != ""


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_an_article_or_a_reason(data):
    for read in (read_article, read_text):
        try:
            assert isinstance(read(data).body, str)
        except PageError as error:
            assert str(error)


@pytest.mark.parametrize("address", ["http://[", "http://[::1", "//[x]", "http://a.example:99999999/"])
def test_an_address_that_is_none_fells_nothing(address):
    page = f'<html><head><base href="{address}"></head><body><h1><a href="{address}">Titre</a></h1><p>{TEXT}</p></body></html>'
    assert read_article(page.encode(), url=address).body == TEXT
