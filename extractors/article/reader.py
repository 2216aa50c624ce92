"""From a page to its Article: each field from the source's layout where that has it, else by the general rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extractors.article.blocks import Line, read_lines
from extractors.article.byline import agency_of, find_byline
from extractors.article.clean import clean_lines
from extractors.article.container import find_container
from extractors.article.credits import is_byline, is_date_line, is_signature
from extractors.article.dateline import read_dateline
from extractors.article.dates import Published, find_published
from extractors.article.days import read_moment
from extractors.article.headline import Titles, find_headline, named_titles
from extractors.article.language import find_language
from extractors.article.layout import LayoutReading, read_layout
from extractors.article.region import HeaderLine, Region, find_region, printed_titles
from extractors.article.survey import Survey, element_text, survey_page
from extractors.article.words import METAS, PAYWALL, plain
from extractors.errors import PageError
from extractors.page import Page, absolute, split_address
from extractors.records import Article, PublishedBasis
from extractors.repair import repair
from extractors.sources_form import Source
from extractors.tree import Element, build_soup

_MOST_BYLINES = 12
_TOP_LINES = 8
_LONGEST_TAG, _MOST_TAGS = 60, 25
_BRACKET = re.compile(r"\(([^()]{2,40})\)")
_LAST_BRACKET = re.compile(r"\(([^()]{2,40})\)\W*$")
_CAPITALS = re.compile(r"[A-Z]{2,8}")
_SHORT_SIGNATURE = 4
"""Words of a line like "Avec AFP"."""
_LEAST_MENU = 3
"""Links in a row that make a menu."""
_LONG_LINE = 100
"""Characters from which a line is running text."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was known before the page was read."""

    source: Source | None = None
    captured_on: date | None = None
    published_on: str | None = None
    language: str | None = None


def assemble(page: Page, given: Given) -> Article:
    """The article of a parsed page, with all signals."""
    survey = survey_page(page.root, [plain(text) for text in named_titles(page)])
    layout = read_layout(page, survey, given.source, given.captured_on)
    container = find_container(survey)
    text = _lines_of(survey, survey.blocks[container].element)
    site = given.source.title if given.source else None
    general, headline_signals = find_headline(page, _titles(page, survey, container, text), site)
    headline = layout.text("headline") or general
    description = next((value for name in METAS["description"] if (value := page.meta(name))), None)
    region = find_region(survey, container, headline, description)
    header = (*region.header, *_header_lines(text))
    if not text and not layout.body and not headline:
        raise PageError(
            f"{page.url or 'a page'}: looked for an article, found no text and no headline; look at it by hand"
        )
    people, agency, byline_signals = find_byline(page, layout.texts.get("byline") or _bylines(survey), header, site)
    standfirst = [line for element in region.standfirst for line in _lines_of(survey, element)]
    cleaned = clean_lines(layout.body or [*standfirst, *text], headline, lambda href: absolute(page.url, href), people)
    people = people or ((cleaned.signer,) if cleaned.signer else ())
    body, repairs = repair("\n\n".join(line.text for line in cleaned.body))
    published = _published(page, survey, region, header, layout, given)
    dateline_text, dateline_city = read_dateline(body)
    day, basis = choose_day(published, dateline_text, given.published_on)
    return Article(
        headline=repair(headline)[0] if headline else None,
        byline=people,
        agency=agency or signing_agency(dateline_text, body),
        dateline_text=dateline_text,
        dateline_city=dateline_city,
        published_on=day,
        published_at=published.at,
        modified_at=published.modified_at,
        published_basis=basis,
        language=find_language(body, page.language or given.language),
        lede=read_lede(body, dateline_text),
        body=body,
        related=tuple(dict.fromkeys(cleaned.related)),
        section=layout.text("section") or read_section(page),
        tags=read_tags(page),
        captions=tuple(dict.fromkeys((*region.captions, *cleaned.captions))),
        repairs=repairs,
        is_truncated=cleaned.is_truncated or _is_paid(page) or _has_paywall(survey),
        canonical_url=page.canonical_url,
        signals=(*layout.signals, *headline_signals, *byline_signals, *published.signals),
    )


def _lines_of(survey: Survey, element: Element) -> list[Line]:
    """The lines of one part of the page; bs4 objects are made of this part only."""
    marks = survey.marks
    return read_lines(build_soup(element, lambda child: marks.get(child) in ("gone", "comments"), marks))


def _titles(page: Page, survey: Survey, container: int, text: Sequence[Line]) -> Titles:
    h1 = [survey.blocks[n].element for n in survey.headings]
    home = [element for element in h1 if _leads_home(element)]
    if page.title and not page.articles and not page.meta("og:title"):
        home += [survey.blocks[n].element for n in survey.headings if _stands_above_menu(page, survey, n, container)]
    top = list(_top(text))
    pieces = [
        line.text[a:b].strip() for line in top for a, b in zip((0, *line.breaks), (*line.breaks, None), strict=True)
    ]
    bold = [line.text for line in top if line.bold >= 0.9 * len(line.text) and not _is_sentence(line.text)]
    return Titles(
        h1=[element_text(element) for element in h1 if element not in home],
        mastheads=[element_text(element) for element in home],
        marked=printed_titles(survey, container),
        lines=pieces,
        bold=[line for line in bold if not is_date_line(line) and not is_byline(line)],
    )


def _leads_home(element: Element) -> bool:
    """Whether an h1 is a link to the front page: the paper's name, not a headline."""
    for link in element.iter("a"):
        parts = split_address((link.get("href") or "").strip())
        if (
            parts
            and parts.path in ("", "/", "./", "index.html", "/index.php")
            and not parts.query
            and not parts.fragment
        ):
            return bool(parts.path or parts.netloc)
    return False


def _stands_above_menu(page: Page, survey: Survey, heading: int, container: int) -> bool:
    """Whether an h1 that is all of the title is parted from the text by a menu, below which another heading stands."""
    blocks = survey.blocks
    if plain(element_text(blocks[heading].element)) != plain(page.title or ""):
        return False
    between = range(heading + 1, container)
    links = [n for n in between if blocks[n].tag == "li" and blocks[n].linked > 0.9 * blocks[n].own > 0]
    below = range(links[-1] + 1, container + 4) if len(links) >= _LEAST_MENU else ()
    return any(n < len(blocks) and blocks[n].tag in ("h2", "h3") for n in below)


def _is_sentence(text: str) -> bool:
    return len(text) > 160 or text.rstrip().endswith((".", "…", ","))


def _top(text: Sequence[Line]) -> Iterator[Line]:
    """The lines above the first running text."""
    for line in text[:_TOP_LINES]:
        if len(line.text) >= _LONG_LINE and line.bold < 0.9 * len(line.text):
            return
        yield line


def _header_lines(text: Sequence[Line]) -> Iterator[HeaderLine]:
    """Short lines at the head and at the foot of the text, where old pages print who and when."""
    for line in (*_top(text), *text[-2:]):
        if len(line.text) < 2 * _LONG_LINE:
            yield HeaderLine(line.text, line.linked > 0.5 * len(line.text))


def _bylines(survey: Survey) -> list[str]:
    """What the byline elements of the article print, innermost elements only."""
    elements = [element for n, element in survey.bylines if not survey.blocks[n].is_away][:_MOST_BYLINES]
    around = {parent for element in elements for parent in element.iterancestors()}
    texts = (" ".join(" ".join(map(str, element.itertext())).split()) for element in elements if element not in around)
    return [text for text in texts if text]


def _published(
    page: Page, survey: Survey, region: Region, header: Sequence[HeaderLine], layout: LayoutReading, given: Given
) -> Published:
    blocks = survey.blocks
    dates = [
        element
        for n, element in survey.dates
        if not blocks[n].is_away and region.is_near(n) and (n < region.end or blocks[n].linked <= 0.4 * blocks[n].own)
    ]
    told = [("layout", text) for text in layout.texts.get("published", ())]
    told += [("printed", line.text) for line in header if not line.is_link]
    return find_published(page, told, dates, given.captured_on)


def signing_agency(dateline: str | None, body: str) -> str | None:
    """The agency in the dateline's brackets, in brackets that close the text, or in a short line below it.

    Known agencies by their record's form; an unknown one as its capitals are printed in a dateline or behind the
    initials of a signature ("BAMAKO, 10 mars (AHD) -", "AK/MD (AHD)"), not behind a sentence.
    """
    last = body.rpartition("\n\n")[2].strip()
    in_dateline, at_end = _BRACKET.search(dateline or ""), _LAST_BRACKET.search(last)
    for found, may_be_unknown in ((in_dateline, True), (at_end, is_signature(last))):
        if found and (name := agency_of(found[1])):
            return name
        if found and may_be_unknown and _CAPITALS.fullmatch(found[1]):
            return found[1]
    return agency_of(last) if is_signature(last) or len(last.split()) <= _SHORT_SIGNATURE else None


def choose_day(
    published: Published, dateline: str | None, told_on: str | None
) -> tuple[str | None, PublishedBasis | None]:
    """(day, basis): what the page says, else a full date in the dateline, else what feed or manifest told."""
    if published.on:
        return published.on, published.basis
    if dateline and (moment := read_moment(dateline)):
        return moment.on, "dateline"
    return told_on, "feed" if told_on else None


def read_lede(body: str, dateline: str | None) -> str | None:
    """The first paragraph that is more than a city on a line of its own; a standfirst stands first."""
    paragraphs = body.split("\n\n") if body else []
    return next((text for text in paragraphs[:2] if text != dateline), paragraphs[0] if paragraphs else None)


def read_tags(page: Page) -> tuple[str, ...]:
    """Tags as the metas name them, else as links of the relation "tag" print them."""
    named = page.metas.get("article:tag", ())
    if not named:
        links = (element_text(link) for link in page.root.iter("a") if link.get("rel") == "tag")
        named = tuple(text for text in links if 0 < len(text) <= _LONGEST_TAG)[:_MOST_TAGS]
    return tuple(dict.fromkeys(named))


def read_section(page: Page) -> str | None:
    """The section as JSON-LD or metas name it."""
    for article in page.articles[:1]:
        value = article.get("articleSection")
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return next((value for name in METAS["section"] if (value := page.meta(name))), None)


def _is_paid(page: Page) -> bool:
    """Whether JSON-LD says that the article is not free."""
    return any(str(article.get("isAccessibleForFree")).lower() == "false" for article in page.articles[:1])


def _has_paywall(survey: Survey) -> bool:
    """Whether a paywall box says that the rest is for subscribers."""
    boxes = (block.element for block in survey.blocks if block.mark == "paywall")
    return any(PAYWALL.search(plain(element_text(element)[:600])) for element in boxes)


def read_plain(rows: Sequence[str]) -> tuple[str | None, list[Line]]:
    """(headline, lines) of a text file: the first line is the headline only if the second is blank."""
    headline = rows[0] if len(rows) > 1 and rows[0] and not rows[1] else None
    return headline, [Line(row, "paragraph", "plain", False) for row in rows[1 if headline else 0 :] if row]
