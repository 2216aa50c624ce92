"""The article reader: bytes of a page, or of a text file, to an Article."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from extractors.article.byline import read_names
from extractors.article.clean import clean_lines
from extractors.article.credits import is_byline
from extractors.article.dateline import read_dateline
from extractors.article.dates import Published
from extractors.article.language import find_language
from extractors.article.reader import Given, assemble, choose_day, read_lede, read_plain, signing_agency
from extractors.charset import decode
from extractors.errors import PageError
from extractors.page import absolute, read_page
from extractors.records import Article, Entry
from extractors.repair import repair
from extractors.sources_form import Source

_SIGNED = 3
"""Lines at the head and at the foot of a text file among which a byline may stand."""
__all__ = ["read_article", "read_text"]


def read_article(
    data: bytes,
    *,
    url: str | None = None,
    charset: str | None = None,
    source: Source | None = None,
    captured_on: date | None = None,
    entry: Entry | None = None,
    published_on: str | None = None,
    language: str | None = None,
    explain: bool = False,
) -> Article:
    """The article of a page.

    `charset` is the one of the HTTP header. `captured_on` chooses the source's dated layout and bounds plausible days.
    `entry` and `published_on` are what feed or manifest say: used where the page shows no day. `language` counts where
    the text leaves a doubt. `explain` keeps `signals`. Raises PageError where there is no readable page, SourceError
    where a selector of the source's layout is wrong.
    """
    page = read_page(data, url=url, charset=charset)
    told_on = published_on or (entry.published_on if entry else None)
    article = assemble(page, Given(source, captured_on, told_on, language))
    return article if explain else replace(article, signals=())


def read_text(
    data: bytes,
    *,
    url: str | None = None,
    published_on: str | None = None,
    language: str | None = None,
    explain: bool = False,
) -> Article:
    """The article of a text file: the first line is the headline only if the second is blank; every line a paragraph.

    Raises PageError where the file holds no text.
    """
    text, repairs = repair(decode(data)[0])
    rows = [" ".join(row.split()) for row in text.splitlines()]
    if not any(rows):
        raise PageError(f"{url or 'a text file'}: looked for an article, found an empty text; fetch it again")
    headline, lines = read_plain(rows)
    cleaned = clean_lines(lines, headline, lambda href: absolute(url, href))
    body = "\n\n".join(line.text for line in cleaned.body)
    dateline_text, dateline_city = read_dateline(body)
    people, agency = read_names(row for row in (*rows[:_SIGNED], *rows[-_SIGNED:]) if is_byline(row))
    day, basis = choose_day(Published(), dateline_text, published_on)
    return Article(
        headline=headline,
        byline=people or ((cleaned.signer,) if cleaned.signer else ()),
        agency=agency or signing_agency(dateline_text, body),
        dateline_text=dateline_text,
        dateline_city=dateline_city,
        published_on=day,
        published_basis=basis,
        language=find_language(body, language),
        lede=read_lede(body, dateline_text),
        body=body,
        related=tuple(dict.fromkeys(cleaned.related)),
        captions=tuple(dict.fromkeys(cleaned.captions)),
        repairs=repairs,
        is_truncated=cleaned.is_truncated,
    )
