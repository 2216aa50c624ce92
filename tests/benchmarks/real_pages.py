"""Scores on the real pages that stand beside the project, by the measures of the shared scorer."""

from __future__ import annotations

import array
import base64
import json
import re
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import fmean
from typing import Any

PAGES = Path(__file__).resolve().parents[3] / "shared" / "dev" / "pages"
ABSENT = "the real pages of ../shared are not here: they are other people's texts and not part of the project"
_TOKEN = re.compile(r"\w+")
_INVISIBLE = dict.fromkeys(map(ord, "\xad\u200b\u200c\ufeff"), None)
_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "\xa0": " "})


def pages() -> list[tuple[dict[str, Any], bytes]]:
    """(gold, page) of all real pages; the gold has the manifest's url."""
    gold = {row["id"]: row for row in _rows(PAGES / "gold.jsonl")}
    return [({**row, **gold[row["id"]]}, (PAGES / row["path"]).read_bytes()) for row in _rows(PAGES / "manifest.jsonl")]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def shingles(text: str | None) -> Counter[int]:
    """Check sums of the 4-word shingles of a text."""
    words = _TOKEN.findall(unicodedata.normalize("NFC", text or "").translate(_INVISIBLE))
    grams = (words[n : n + 4] for n in range(max(1, len(words) - 3)))
    return Counter(zlib.crc32("\x1f".join(gram).encode()) for gram in grams if gram)


def gold_shingles(row: Mapping[str, Any]) -> Counter[int]:
    """Those of the gold body, which may be kept as check sums only."""
    if "shingles" in row:
        return Counter(array.array("I", base64.urlsafe_b64decode(row["shingles"])))
    return shingles(row.get("body"))


def shares(gold: Counter[int], read: Counter[int]) -> tuple[float, float, float]:
    """Right, wrong and missing shingles of one page, as shares of all three."""
    right, wrong, missing = (gold & read).total(), (read - gold).total(), (gold - read).total()
    total = right + wrong + missing
    return (right / total, wrong / total, missing / total) if total else (0.0, 0.0, 0.0)


def f1(pages_: Iterable[tuple[float, float, float]]) -> float:
    """F1 of the mean precision and the mean recall."""
    pages_ = list(pages_)
    precision = fmean([right / (right + wrong) if right else 0.0 for right, wrong, _ in pages_ if right + wrong] or [0])
    recall = fmean([right / (right + missing) if right else 0.0 for right, _, missing in pages_ if right + missing])
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def words(text: str | None) -> str:
    """A line for comparing: its words, lower case, plain signs."""
    plain = unicodedata.normalize("NFKC", text or "").translate(_INVISIBLE).translate(_SIGNS).casefold()
    return " ".join(_TOKEN.findall(plain))


def _names(value: str | Iterable[str] | None) -> set[str]:
    listed = [value] if isinstance(value, str) else (value or [])
    return {re.sub(r"^(par|by|von|dr|prof)\s+", "", words(name)) for name in listed if name}


def score(pairs: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> dict[str, float]:
    """All measures over (gold, read) pairs; a measure without any page is left out."""
    pairs = list(pairs)
    told = [(gold, shares(gold_shingles(gold), shingles(read.get("body")))) for gold, read in pairs if _has_body(gold)]
    scores = {"body": f1(page for _, page in told), "body_mean_over_publishers": _by_publisher(told)}
    french = [(gold, page) for gold, page in told if gold.get("lang") == "fr"]
    if french:
        scores["body_mean_over_french_publishers"] = _by_publisher(french)
    measures = {
        "headline": [words(g["title"]) == words(r.get("headline")) for g, r in pairs if g.get("title")],
        "published_on": [g["date"][:10] == (r.get("published_on") or "")[:10] for g, r in pairs if g.get("date")],
        "byline": [_names(g["author"]) == _names(r.get("byline")) for g, r in pairs if g.get("author")],
        "byline_empty": [not _names(r.get("byline")) for g, r in pairs if g.get("no_person")],
        "language": [g["lang"][:2] == (r.get("language") or "")[:2] for g, r in pairs if g.get("lang")],
    }
    return scores | {name: fmean(right) for name, right in measures.items() if right}


def _has_body(gold: Mapping[str, Any]) -> bool:
    return bool(gold.get("body") or gold.get("shingles"))


def _by_publisher(told: Iterable[tuple[Mapping[str, Any], tuple[float, float, float]]]) -> float:
    publishers = defaultdict(list)
    for gold, page in told:
        publishers[gold.get("domain")].append(page)
    return fmean(f1(pages_) for pages_ in publishers.values())
