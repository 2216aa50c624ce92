"""Fits how much each sign of a topic weighs (`extractors/visits/topics.toml`) on the gold that may be looked at.

usage: python tests/benchmarks/fit_topics.py [GOLD.jsonl MANIFEST.jsonl [KEPT_IDS.tsv]] … [--threshold=0.42]  (prints cross-validated figures,
then the file)

Without `--threshold` the best one among what the lexicons name is taken; whole readings, in which several visits share
an article, want a higher one.

The repo's own gold is always read, texts kept for measuring never. Plain gradient descent from nought: the same
gold gives the same file.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from extractors.records import Article
from extractors.text import Span
from extractors.visits.document import Document
from extractors.visits.phrases import words_of
from extractors.visits.topic_signs import general_signs, tally_topics

GOLD = Path(__file__).parents[1] / "gold" / "visits"
FOLDS, STEPS, RATE, RIDGE, LONGEST = 5, 500, 0.5, 0.002, 8_000
Row = tuple[dict[str, float], float, str, str]  # signs, told or not, topic, article


def own_gold() -> Iterator[tuple[Mapping[str, Any], str]]:
    """Records and texts of the repo's own gold, without those kept for measuring."""
    for path in sorted(GOLD.glob("*/*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt")
        if record.get("set") == "dev" and text.exists():
            yield record, text.read_text(encoding="utf-8")


def other_gold(gold: Path, manifest: Path, kept: Path | None) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Records and texts of a gold set outside the repo, without the ids that are kept for measuring."""
    ids = {line.split("\t")[0].strip() for line in kept.read_text().splitlines()} if kept else set()
    paths = {row["id"]: manifest.parent / row["path"] for row in map(json.loads, manifest.read_text().splitlines())}
    for record in map(json.loads, gold.read_text(encoding="utf-8").splitlines()):
        if record["id"] not in ids:
            yield record, paths[record["id"]].read_text(encoding="utf-8")


def read_document(record: Mapping[str, Any], text: str) -> Document:
    """A gold text as the coder sees it; pages of the gold sets are plain, so paragraphs are enough."""
    if text.lstrip().startswith("<"):
        paragraphs = [re.sub(r"\s+", " ", p.get_text(" ")).strip() for p in BeautifulSoup(text, "lxml").find_all("p")]
    else:
        lines = text.split("\n")
        paragraphs = [line.strip() for line in (lines[2:] if len(lines) > 1 and not lines[1].strip() else lines)]
    body = "\n\n".join(p for p in paragraphs if p)
    return Document(Article(headline=record.get("headline"), body=body, language=record["language"]))


def rows(gold: Iterator[tuple[Mapping[str, Any], str]]) -> Iterator[Row]:
    """One row for each topic that an article with exactly one visit names."""
    for record, text in gold:
        visits = [v for v in record["visits"] if v["qualifies"] and v["salience"] != "incidental"]
        document = read_document(record, text)
        words = words_of(document.language)
        if len(visits) != 1 or words is None or len(document.text) > LONGEST:
            continue
        spans = (Span(0, len(document.text)),)
        tallies = tally_topics(document, spans, words)
        others_told = any(tally.cued for tally in tallies.values())
        for topic, tally in tallies.items():
            if tally.best or (tally.office and tally.in_portfolio):
                signs = {
                    **general_signs(document, spans),
                    **{k: float(v) for k, v in tally.signs(others_told).items()},
                    f"topic {topic}": 1.0,
                }
                yield signs, float(topic in visits[0]["topics"]), topic, record["id"]


def fit(data: Sequence[Row]) -> dict[str, float]:
    """Weights of a logistic scale, by gradient descent with a ridge."""
    weights = dict.fromkeys(sorted({name for signs, *_ in data for name in signs}), 0.0)
    for _ in range(STEPS):
        slope = dict.fromkeys(weights, 0.0)
        for signs, told, *_ in data:
            error = chance(signs, weights) - told
            for name, value in signs.items():
                slope[name] += error * value
        for name in weights:
            weights[name] -= RATE * (slope[name] / len(data) + (RIDGE * weights[name] if name != "bias" else 0.0))
    return weights


def chance(signs: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in signs.items())))


def figures(scored: Sequence[tuple[float, float]], threshold: float) -> tuple[float, float, float]:
    """Precision, recall and F1 among the topics that the words of the lexicon find at all."""
    hits = sum(told for p, told in scored if p >= threshold)
    said, real = sum(p >= threshold for p, _ in scored), sum(told for _, told in scored)
    precision, recall = hits / max(said, 1), hits / max(real, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def main(arguments: Sequence[str]) -> None:
    gold = list(own_gold())
    kept = next((Path(a) for a in arguments if a.endswith(".tsv")), None)
    sets = [Path(a) for a in arguments if a.endswith(".jsonl")]
    for place in range(0, len(sets), 2):
        gold += other_gold(sets[place], sets[place + 1], kept)
    data = list(rows(iter(gold)))
    articles = sorted({row[3] for row in data})
    fold_of = {article: place % FOLDS for place, article in enumerate(articles)}
    scored: list[tuple[float, float]] = []
    for fold in range(FOLDS):
        weights = fit([row for row in data if fold_of[row[3]] != fold])
        scored += [(chance(row[0], weights), row[1]) for row in data if fold_of[row[3]] == fold]
    told = next((float(a.split("=")[1]) for a in arguments if a.startswith("--threshold=")), None)
    best = told or max((t / 100 for t in range(30, 60, 2)), key=lambda t: figures(scored, t)[2])
    weights = fit(data)
    report = "precision {:.3f}, recall {:.3f}, F1 {:.3f}".format(*figures(scored, best))
    lines = [
        f"# How much each sign of a topic weighs. Written by tests/benchmarks/fit_topics.py from {len(articles)} articles, {len(data)} named topics;",
        f"# cross-validated among what the lexicons name: {report}.",
        f"threshold = {best}",
        "",
        "[weights]",
        *(f"{name} = {value:.3f}" for name, value in weights.items() if not name.startswith("topic ")),
        "",
        "[topics]",
        *(f"{name[6:]} = {value:.3f}" for name, value in weights.items() if name.startswith("topic ")),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
