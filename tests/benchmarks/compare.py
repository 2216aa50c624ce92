"""Reads the same pages with Chancery and its peers in one run: quality, CPU time a page, ratios.

    pip install -e '.[benchmarks]'
    python tests/benchmarks/compare.py [--rounds 3] [--write]

`--write` puts the table into README.md beside this file. Without ../shared the invented pages of tests/gold are read.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import page_scores
import real_pages

README = Path(__file__).with_name("README.md")
START, END = "<!-- comparison: written by compare.py -->", "<!-- end of comparison -->"
MEASURES = {
    "body": "body F1", "body_mean_over_publishers": "publishers", "body_mean_over_french_publishers": "French publ.",
    "headline": "headline", "published_on": "date", "byline": "byline", "byline_empty": "left empty", "language": "language",
}  # fmt: skip
FIELDS = {"headline": "headline", "published_on": "published_on", "byline": "byline", "byline_empty": "byline",
          "language": "language"}  # fmt: skip
"""What a reader must give at all to be measured on it."""
Row = dict[str, Any]
Reader = Callable[[bytes, str | None], Row]


def chancery() -> Reader:
    from extractors import read_article

    def read(page: bytes, url: str | None) -> Row:
        article = read_article(page, url=url)
        fields = ("headline", "byline", "published_on", "language", "body")
        return {field: getattr(article, field) for field in fields}

    return read


def trafilatura(**options: Any) -> Callable[[], Reader]:
    def load() -> Reader:
        bare_extraction = importlib.import_module("trafilatura").bare_extraction

        def read(page: bytes, url: str | None) -> Row:
            found = bare_extraction(page, url=url, with_metadata=True, **options)
            if found is None:
                return {}
            byline = found.author.split("; ") if found.author else []
            return {"headline": found.title, "byline": byline, "published_on": found.date, "body": found.text,
                    "language": found.language}  # fmt: skip

        return read

    return load


def newspaper4k() -> Reader:
    Article = importlib.import_module("newspaper").Article

    def read(page: bytes, url: str | None) -> Row:
        article = Article(url or "http://example.invalid/", fetch_images=False)
        article.download(input_html=page.decode("utf-8", "replace"))
        article.parse()
        day = article.publish_date.date().isoformat() if article.publish_date else None
        return {"headline": article.title, "byline": article.authors, "published_on": day, "body": article.text,
                "language": article.meta_lang}  # fmt: skip

    return read


def readability() -> Reader:
    from lxml import html

    Document = importlib.import_module("readability").Document

    def read(page: bytes, url: str | None) -> Row:
        document = Document(page)
        return {"headline": document.short_title(), "body": html.fromstring(document.summary()).text_content()}

    return read


def plain_soup() -> Reader:
    from bs4 import BeautifulSoup

    def read(page: bytes, url: str | None) -> Row:
        soup = BeautifulSoup(page, "lxml")
        root = soup.find("article") or soup.find("main") or soup.body or soup
        heading = soup.find("h1")
        text = "\n".join(p.get_text(" ", strip=True) for p in root.find_all("p"))
        return {"headline": heading.get_text(" ", strip=True) if heading else None, "body": text}

    return read


READERS: dict[str, Callable[[], Reader]] = {
    "chancery": chancery,
    "trafilatura": trafilatura(),
    "trafilatura fast": trafilatura(fast=True),
    "newspaper4k": newspaper4k,
    "readability-lxml": readability,
    "BeautifulSoup script": plain_soup,
}


def load_pages() -> list[tuple[Row, bytes]]:
    if real_pages.PAGES.exists():
        return real_pages.pages()
    return [({**gold, "title": gold["headline"], "date": gold["published_on"], "author": gold["byline"],
              "lang": gold["language"], "domain": name, "body": "\n".join(gold["body"])}, page)
            for name, page, gold in page_scores.gold_pages()]  # fmt: skip


def measure(read: Reader, pages: list[tuple[Row, bytes]]) -> tuple[list[Row], list[float]]:
    """(what was read, CPU milliseconds a page); a page that fells a reader gives an empty row."""
    rows: list[Row] = []
    times: list[float] = []
    for gold, page in pages:
        start = time.process_time()
        try:
            row = read(page, gold.get("url"))
        except Exception:  # noqa: BLE001  a peer may fail in any way; that is part of what is measured
            row = {}
        times.append((time.process_time() - start) * 1000)
        rows.append(row)
    return rows, times


def compare(rounds: int) -> list[tuple[str, dict[str, float], float, float]]:
    """(reader, scores, CPU ms a page over all pages, over French ones); the best of the rounds counts."""
    pages = load_pages()
    readers: dict[str, Reader] = {}
    for name, load in READERS.items():
        try:
            readers[name] = load()
        except ImportError as error:
            print(f"{name}: not installed ({error}); pip install -e '.[benchmarks]'")  # noqa: T201
    for read in readers.values():
        measure(read, pages[:5])
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    best: dict[str, list[float]] = {}
    rows: dict[str, list[Row]] = {}
    for _ in range(rounds):
        for name, read in readers.items():
            rows[name], times = measure(read, pages)
            best[name] = [min(pair) for pair in zip(times, best.get(name, times), strict=True)]
    scores = {name: real_pages.score(zip([gold for gold, _ in pages], rows[name], strict=True)) for name in readers}
    for name, measures in scores.items():
        for measure_, field in FIELDS.items():
            if not any(row.get(field) for row in rows[name]):
                measures.pop(measure_, None)
    french = [n for n, (gold, _) in enumerate(pages) if gold.get("lang") == "fr"]
    return [
        (name, scores[name], sum(best[name]) / len(pages), sum(best[name][n] for n in french) / max(1, len(french)))
        for name in readers
    ]


def table(results: list[tuple[str, dict[str, float], float, float]]) -> str:
    """The comparison as a Markdown table; times as multiples of Chancery's."""
    own_all, own_french = results[0][2], results[0][3]
    head = ["reader", *MEASURES.values(), "CPU ms/page", "× chancery", "French ms/page", "× chancery"]
    lines = [" | ".join(head), "|".join("---" for _ in head)]
    for name, scores, all_ms, french_ms in results:
        cells = [f"{scores[m]:.3f}" if m in scores else "–" for m in MEASURES]
        lines.append(
            " | ".join(
                [
                    name,
                    *cells,
                    f"{all_ms:.1f}",
                    f"{all_ms / own_all:.1f}",
                    f"{french_ms:.1f}",
                    f"{french_ms / own_french:.1f}",
                ]
            )
        )
    return "\n".join(f"| {line} |" for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    printed = table(compare(options.rounds))
    print(printed)  # noqa: T201
    if options.write:
        text = README.read_text(encoding="utf-8")
        README.write_text(
            re.sub(f"(?s){START}.*?{END}", lambda _: f"{START}\n{printed}\n{END}", text), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
