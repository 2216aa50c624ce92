"""How well pages are read: shares of right fields and the body's F1 over 4-word shingles, page by page."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import fmean
from typing import Any

from extractors import Article, PageError, read_article

GOLD = Path(__file__).resolve().parents[1] / "gold"
FIELDS = (
    "headline", "byline", "agency", "dateline_city", "published_on", "published_basis", "language", "lede", "related",
    "captions", "repairs", "is_truncated",
)  # fmt: skip
_WORD = re.compile(r"\w+")


def gold_pages(folder: Path = GOLD) -> Iterable[tuple[str, bytes, dict[str, Any]]]:
    """(name, page, expected record) of every invented page with a record beside it."""
    for record in sorted(folder.glob("??/*.json")):
        page = record.with_suffix(".html")
        yield f"{record.parent.name}/{record.stem}", page.read_bytes(), json.loads(record.read_text(encoding="utf-8"))


def read_form(article: Article) -> dict[str, Any]:
    """An article in the form of the gold records."""
    return {
        **{field: getattr(article, field) for field in FIELDS},
        "byline": list(article.byline),
        "related": [[link.headline, link.url] for link in article.related],
        "captions": list(article.captions),
        "repairs": sorted([mended.damaged, mended.mended] for mended in article.repairs),
        "body": article.body.split("\n\n") if article.body else [],
    }


def read_page(page: bytes, gold: Mapping[str, Any]) -> dict[str, Any]:
    """The page read as `chancery read` would; a page that can't be read gives an empty record."""
    try:
        return read_form(read_article(page, url=gold.get("url")))
    except PageError:
        return read_form(Article())


def body_f1(gold: Iterable[str], read: Iterable[str]) -> float:
    """F1 of the multisets of 4-word shingles."""
    a, b = _shingles(gold), _shingles(read)
    shared = sum((a & b).values())
    return 2 * shared / (a.total() + b.total()) if shared else float(not a and not b)


def _shingles(paragraphs: Iterable[str]) -> Counter[tuple[str, ...]]:
    words = _WORD.findall("\n".join(paragraphs))
    return Counter(tuple(words[n : n + 4]) for n in range(max(1, len(words) - 3))) if words else Counter()


def differences(gold: Mapping[str, Any], read: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Fields that differ: (expected, read)."""
    wanted = {**gold, "repairs": sorted(gold.get("repairs", []))}
    return {field: (wanted[field], read[field]) for field in (*FIELDS, "body") if wanted[field] != read[field]}


def score(pairs: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> dict[str, float]:
    """Share of pages on which a field is right, and the mean body F1."""
    pairs = list(pairs)
    wrong = [differences(gold, read) for gold, read in pairs]
    shares = {field: fmean(field not in fields for fields in wrong) for field in FIELDS}
    return {"body": fmean(body_f1(gold["body"], read["body"]) for gold, read in pairs), **shares}
