"""Pages as content systems print them, wholly invented: as heavy in markup, attributes and scripts as real press pages are.

    page_of(n, headline, paragraphs, size=100_000)      # bytes; no two alike

What real pages of this size have (the median of those beside the project, counted by kilobyte, never copied) and what these have
stands in `README.md`: tags, attributes, depth, links, scripts, and how small they pack. The frame of a paper is printed once and
used for all its pages, as papers do; text, addresses, teasers and what the scripts are told differ by page.
"""

from __future__ import annotations

import html
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from general_news import article_of_day

PAPERS = 10
"""Frames that differ."""
_MENU, _FOOT, _TEASERS, _POOL, _SCRIPTS = 60, 24, 28, 160, 26
_SECTIONS = ("politique", "économie", "société", "sports", "culture", "monde", "régions", "santé", "opinions", "vidéos")
_NETWORKS = ("courriel", "messagerie", "réseau", "imprimer", "copier")
_ROW = "row row-cols-1 row-cols-md-12 gx-4 gy-3 align-items-start justify-content-between"


@dataclass(frozen=True, slots=True)
class Frame:
    """All of a paper's page but its article: printed once."""

    head: str
    top: str
    teasers: tuple[str, ...]
    foot: str
    script: str
    """Long enough for every page; each takes as much of it as it has room for."""


def page_of(n: int, headline: str, paragraphs: Sequence[str], size: int) -> bytes:
    """The n-th page: head, menu, article, teasers, foot and scripts, of about so many bytes."""
    frame, name = frame_of(n % PAPERS), f"/actualites/{n}-{_slug(headline)}"
    title, day = html.escape(f"{headline} ({n})"), f"2026-02-{n % 28 + 1:02d}T09:00:00+00:00"
    start = n * 7 % _POOL
    teasers = [frame.teasers[(start + k * 3) % _POOL] for k in range(_TEASERS)]
    told = json.dumps(
        {
            "@context": "https://schema.org", "@type": "NewsArticle", "headline": f"{headline} ({n})", "datePublished": day,
            "dateModified": day, "mainEntityOfPage": name, "publisher": {"@type": "Organization", "name": "Le Journal"},
            "image": [f"/media/{n * 7919 % 1_000_003:x}/1200x675.jpg"], "isAccessibleForFree": True,
        },
        ensure_ascii=False,
    )  # fmt: skip
    page = (
        f'<!DOCTYPE html>\n<html lang="fr" class="no-js is-article" data-page="{n}">\n<head>\n<meta charset="utf-8">\n'
        f'<title>{title} - Le Journal</title>\n<meta property="og:title" content="{title}">\n'
        f'<meta property="article:published_time" content="{day}">\n<link rel="canonical" href="{name}">\n'
        f'<script type="application/ld+json">{told}</script>\n{frame.head}</head>\n'
        f'<body class="single single-post postid-{n} single-format-standard wp-embed-responsive has-sidebar">\n{frame.top}'
        f"{_article(n, title, day, paragraphs)}{_aside(teasers)}{frame.foot}"
    )
    room = max(0, size - len(page.encode()) - 20 * _SCRIPTS - 20)
    each = room // (_SCRIPTS - 1)
    begin = n * 131 % 4_000
    scripts = "\n".join(
        f"<script>{frame.script[begin + k * each : begin + (k + 1) * each]}</script>" for k in range(_SCRIPTS - 1)
    )
    return f"{page}{scripts}\n</body>\n</html>\n".encode()


def _article(n: int, title: str, day: str, paragraphs: Sequence[str]) -> str:
    """The article in its boxes, with a picture, places for advertising between the paragraphs, and links beneath."""
    shares = "".join(
        f'<li class="share__item share__item--{k}"><button type="button" class="btn btn--icon btn--share" data-share="{k}" '
        f'data-url="/actualites/{n}" aria-label="Partager : {network}"><svg class="icon icon--{k}" width="24" height="24" viewBox="0 0 24 24" '
        f'aria-hidden="true" focusable="false"><path d="M{k}.7 21.3V13h2.8l.4-3.2H13.7v-2c0-.9.3-1.6 1.6-1.6h1.7V3.3"/></svg></button></li>'
        for k, network in enumerate(_NETWORKS)
    )
    parts = []
    for k, part in enumerate(paragraphs):
        text = html.escape(part)
        if k == 1:
            first, _, rest = text.partition(" ")
            text = (
                f'<a href="/sujets/{n % 97}" class="link link--inline" data-track="body" rel="tag">{first}</a> {rest}'
            )
        parts.append(f'<p class="article__paragraph">{text}</p>\n')
        if k % 3 == 2:
            parts.append(f'<div class="ad ad--inread"><div class="ad__slot" id="ad-{n}-{k}" data-ad-unit="/7421/inread_{k}" data-sizes="[[300,250],[336,280]]"></div></div>\n')  # fmt: skip
    return (
        f'<article id="post-{n}" class="article post-{n} post type-post status-publish format-standard has-post-thumbnail hentry">\n'
        f'<header class="article__header"><h1 class="article__title entry-title">{title}</h1>\n'
        f'<div class="article__meta"><time class="article__date" datetime="{day}">{day[8:10]}/02/2026</time></div>\n'
        f'<div class="article__share"><ul class="share">{shares}</ul></div></header>\n'
        f'<figure class="article__figure"><picture><source type="image/webp" srcset="{_srcset(n, "webp")}" sizes="(min-width: 1024px) 820px, 100vw">'
        f'<img src="/media/{n * 7919 % 1_000_003:x}/820x461.jpg" srcset="{_srcset(n, "jpg")}" width="820" height="461" alt="" loading="eager"></picture></figure>\n'
        f'<div class="article__body entry-content">\n{"".join(parts)}</div></article>\n'
    )


def _srcset(n: int, kind: str) -> str:
    return ", ".join(
        f"/media/{n * 7919 % 1_000_003:x}/{w}x{w * 9 // 16}.{kind}?v={n % 89} {w}w" for w in (320, 640, 820, 1200)
    )


def _aside(teasers: Sequence[str]) -> str:
    return (
        '</div></main><aside class="layout__side col-12 col-lg-4"><section class="block block--latest"><div class="block__inner">\n'
        f'<div class="block__list" data-module="latest" data-refresh="300">{"".join(teasers)}</div></div></section></aside>'
        "</div></div></div>\n"
    )


@cache
def frame_of(paper: int) -> Frame:
    """The frame of one paper; the same whenever it is asked for."""
    chance = random.Random(paper)
    return Frame(
        _head(chance), _top(chance), tuple(_teaser(chance, k) for k in range(_POOL)), _foot(chance), _script(chance)
    )


def _head(chance: random.Random) -> str:
    metas = [
        f'<meta property="og:{k}" content="{_token(chance, 24)}">'
        for k in ("site_name", "type", "locale", "image:width")
    ]
    metas += [
        f'<meta name="twitter:{k}" content="{_token(chance, 30)}">' for k in ("card", "site", "creator", "domain")
    ]
    metas += [f'<meta name="{k}-verification" content="{_token(chance, 43)}">' for k in ("a", "b", "c", "d")]
    metas += [
        f'<link rel="preload" as="font" type="font/woff2" crossorigin href="/assets/fonts/{_token(chance, 20)}.woff2">'
        for _ in range(5)
    ]
    metas += [
        f'<link rel="stylesheet" id="style-{k}-css" href="/assets/css/{_token(chance, 16)}.css?ver={k}.4" media="all">'
        for k in range(12)
    ]
    metas += [
        f'<link rel="apple-touch-icon" sizes="{k}x{k}" href="/assets/icons/{_token(chance, 12)}-{k}.png">'
        for k in (57, 72, 114, 152, 180)
    ]
    metas += [f'<link rel="dns-prefetch" href="//cdn-{_token(chance, 8)}.example">' for _ in range(8)]
    rules = "".join(f".{_token(chance, 9)}{{margin:{k % 9}px;color:#{chance.randrange(16**6):06x}}}" for k in range(44))
    return "\n".join(metas) + f"\n<style>{rules}</style>\n<!-- {_token(chance, 200)} -->\n"


def _top(chance: random.Random) -> str:
    """The menu, and the boxes down to where the article begins."""
    links = "\n".join(
        f'<li id="menu-item-{k}{chance.randrange(1000)}" class="menu-item menu-item-type-taxonomy menu-item-object-category menu-item-{k} nav__item">'
        f'<a class="nav__link link link--plain" href="/rubriques/{_plain(_SECTIONS[k % 10])}/{_token(chance, 10)}">'
        f"<span>{_SECTIONS[k % 10].capitalize()} {k}</span></a></li>"
        for k in range(_MENU)
    )
    return (
        f'<div id="page" class="site"><header class="site-header" data-sticky="true"><div class="container"><div class="{_ROW}">\n'
        f'<nav class="nav nav--main" aria-label="Rubriques"><div class="nav__inner"><ul id="menu-main" class="nav__list menu">{links}</ul></div></nav>\n'
        f'<!-- {_token(chance, 160)} --></div></div></header>\n<div class="site-content"><div class="container container--wide"><div class="{_ROW}">\n'
        '<main id="main" class="layout__main col-12 col-lg-8"><div class="layout__inner">\n'
    )


def _teaser(chance: random.Random, k: int) -> str:
    """One of the other articles in the margin, with its picture and first words."""
    headline, parts = article_of_day(chance.randrange(10**6))
    href, picture = f"/actualites/{chance.randrange(10**6)}-{_slug(headline)}", chance.randrange(10**6)
    section, words = chance.choice(_SECTIONS), html.escape(" ".join(parts[0].split()[: chance.randrange(14, 34)]))
    return (
        f'<div class="teaser teaser--{k % 4} teaser--horizontal post-{picture}"><div class="teaser__inner"><div class="teaser__media ratio ratio-16x9">'
        f'<a class="teaser__link" href="{href}" data-track-id="{_token(chance, 14)}"><picture>'
        f'<source type="image/webp" srcset="{_srcset(picture, "webp")}"><img class="teaser__image lazyload" '
        f'src="/media/{picture:x}/320x180.jpg" width="320" height="180" alt="{html.escape(headline)}" loading="lazy"></picture></a></div>\n'
        f'<div class="teaser__text"><span class="teaser__kicker"><a class="link link--section" href="/rubriques/{_plain(section)}" rel="category tag">{section}</a></span>\n'
        f'<h3 class="teaser__title"><a class="teaser__link link" href="{href}" title="{html.escape(headline)}">{html.escape(headline)}</a></h3>\n'
        f'<p class="teaser__lede">{words} …</p><time class="teaser__date" datetime="2026-02-{k % 28 + 1:02d}T06:00:00+00:00">{k % 28 + 1:02d}/02/2026</time>'
        "</div></div></div>\n"
    )


def _foot(chance: random.Random) -> str:
    links = "\n".join(
        f'<li class="footer__item"><a class="footer__link link link--plain" href="/pages/{_token(chance, 12)}">'
        f"Page de service {k}</a></li>"
        for k in range(_FOOT)
    )
    return (
        f'<footer class="footer" role="contentinfo"><div class="container"><div class="{_ROW}"><div class="footer__column col"><ul class="footer__list">\n{links}'
        "</ul></div></div><p>Tous droits réservés</p></div></footer>\n</div>\n"
    )


def _script(chance: random.Random) -> str:
    """Invented minified script, of no meaning: as hard to pack as a real one."""
    names = [_token(chance, chance.randrange(1, 9)) for _ in range(120)]
    parts = [
        f"{chance.choice(names)}.{chance.choice(names)}=function({chance.choice('abcdefg')}){{return {chance.choice(names)}"
        f'("{_token(chance, chance.randrange(4, 16))}",{chance.randrange(10**6)})||{chance.choice(names)}.{chance.choice(names)}}};'
        for _ in range(1_500)
    ]
    return "".join(parts)


def _token(chance: random.Random, length: int) -> str:
    return "".join(chance.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=length))


def _slug(text: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def _plain(text: str) -> str:
    return text.replace("é", "e")
