"""From a page to its Article: each field from the source's layout where that has it, else by the general rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from extractors.article.blocks import Line, read_lines
from extractors.article.byline import find_byline
from extractors.article.clean import Cleaned, clean_lines
from extractors.article.dateline import read_dateline
from extractors.article.dates import Published, find_published
from extractors.article.headline import find_headline, named_titles
from extractors.article.language import find_language
from extractors.article.layout import layout_of, printed, select
from extractors.article.region import Region, find_region
from extractors.article.survey import HEADINGS, Survey, element_text, survey_page
from extractors.article.words import plain
from extractors.page import Page, absolute
from extractors.records import Article, Signal
from extractors.repair import repair
from extractors.sources_form import SELECTORS, Source
from extractors.tree import build_soup


_MOST_BYLINES = 12


@dataclass(frozen=True, slots=True)
class Given:
    """What was known before the page was read."""

    source: Source | None = None
    captured_on: date | None = None
    published_on: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class LayoutReading:
    """What the source's selectors found: texts by field, lines of the body, and what found nothing."""

    texts: dict[str, list[str]]
    body: list[Line]
    signals: tuple[Signal, ...]

    def text(self, field: str) -> str | None:
        return next(iter(self.texts.get(field, ())), None)


def assemble(page: Page, given: Given) -> Article:
    """The article of a parsed page, with all signals."""
    survey = survey_page(page.root, [plain(text) for text in named_titles(page)])
    layout = read_layout(page, survey, given)
    site = given.source.title if given.source else None
    headings = [element_text(survey.blocks[n].element) for n in survey.headings]
    general, headline_signals = find_headline(page, headings, site, [] if headings else _minor_headings(survey))
    headline = layout.text("headline") or general
    region = find_region(survey, headline, page.meta("og:description", "description", "twitter:description"))
    people, agency, byline_signals = find_byline(
        page, layout.texts.get("byline") or _bylines(survey), region.header, site
    )
    cleaned = read_body(page, survey, region, layout, headline, people)
    body, repairs = repair("\n\n".join(line.text for line in cleaned.body))
    published = _published(page, survey, region, layout, given)
    dateline_text, dateline_city = read_dateline(body)
    return Article(
        headline=repair(headline)[0] if headline else None,
        byline=people,
        agency=agency,
        dateline_text=dateline_text,
        dateline_city=dateline_city,
        published_on=published.on or given.published_on,
        published_at=published.at,
        modified_at=published.modified_at,
        published_basis=published.basis or ("feed" if given.published_on else None),
        language=find_language(body, page.language or given.language),
        lede=body.partition("\n\n")[0] or None,
        body=body,
        related=tuple(dict.fromkeys(cleaned.related)),
        section=layout.text("section") or read_section(page),
        tags=tuple(dict.fromkeys(page.metas.get("article:tag", ()))),
        captions=tuple(dict.fromkeys(cleaned.captions)),
        repairs=repairs,
        is_truncated=cleaned.is_truncated or is_paid(page),
        canonical_url=page.canonical_url,
        signals=(*layout.signals, *headline_signals, *byline_signals, *published.signals),
    )


def read_body(page: Page, survey: Survey, region: Region, layout: LayoutReading, headline: str | None, signed: Sequence[str]
) -> Cleaned:
    """Standfirst and text, cleaned; bs4 objects are made of these parts of the tree only."""
    lines = layout.body
    if not lines:
        away = {element for element, mark in survey.marks.items() if mark in ("gone", "comments")}
        for element in (*region.standfirst, survey.blocks[region.container].element):
            lines = [*lines, *read_lines(build_soup(element, away.__contains__, survey.marks))]
    return clean_lines(lines, headline, lambda href: absolute(page.url, href), signed)


def read_layout(page: Page, survey: Survey, given: Given) -> LayoutReading:
    """The source's selectors on the whole tree; it is built only for sources that declare a layout."""
    layout = layout_of(given.source, given.captured_on)
    if layout is None or given.source is None:
        return LayoutReading({}, [], ())
    soup = build_soup(page.root, notes=survey.marks)
    found = {field: select(soup, getattr(layout, field), given.source, field) for field in SELECTORS}
    signals = tuple(
        Signal(
            field,
            f"layout:{getattr(layout, field)}",
            next(iter(printed(tags)), None),
            bool(tags),
            None if tags else "found nothing",
        )
        for field, tags in found.items()
        if getattr(layout, field)
    )
    lines = (
        [line for field in ("lede", "body") for tag in found[field] for line in read_lines(tag)]
        if found["body"]
        else []
    )
    return LayoutReading({field: printed(tags) for field, tags in found.items()}, lines, signals)


def _minor_headings(survey: Survey) -> list[str]:
    blocks = (block for block in survey.blocks if block.element.tag in HEADINGS and not block.is_away)
    return [element_text(block.element) for block in list(blocks)[:40]]


def _bylines(survey: Survey) -> list[str]:
    """What the byline elements of the article print, innermost elements only."""
    elements = [element for n, element in survey.bylines if not survey.blocks[n].is_away][:_MOST_BYLINES]
    around = {parent for element in elements for parent in element.iterancestors()}
    texts = (" ".join(" ".join(map(str, element.itertext())).split()) for element in elements if element not in around)
    return [text for text in texts if text]


def _published(page: Page, survey: Survey, region: Region, layout: LayoutReading, given: Given) -> Published:
    dates = [element for n, element in survey.dates if not survey.blocks[n].is_away]
    header = [
        *(("layout", text) for text in layout.texts.get("published", ())),
        *(("printed", text) for text, is_link in region.header if not is_link),
    ]
    return find_published(page, header, dates, given.captured_on)


def read_section(page: Page) -> str | None:
    """The section as JSON-LD or metas name it."""
    for article in page.articles[:1]:
        value = article.get("articleSection")
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return page.meta("article:section", "section")


def is_paid(page: Page) -> bool:
    """Whether JSON-LD says that the article is not free."""
    return any(str(article.get("isAccessibleForFree")).lower() == "false" for article in page.articles[:1])


def read_plain(rows: Sequence[str]) -> tuple[str | None, list[Line]]:
    """(headline, lines) of a text file: the first line is the headline only if the second is blank."""
    headline = rows[0] if len(rows) > 1 and rows[0] and not rows[1] else None
    return headline, [Line(row, "paragraph", "plain", False) for row in rows[1 if headline else 0 :] if row]
