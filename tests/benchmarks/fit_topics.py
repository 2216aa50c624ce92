"""Fits how much each sign of a topic weighs (`extractors/visits/topics.toml`) on the gold that may be looked at.

usage: python tests/benchmarks/fit_topics.py [GOLD.jsonl MANIFEST.jsonl]… [KEPT_IDS.tsv] [--threshold=0.43]

Prints the file, with figures of articles held back as comments. Without `--threshold` the best one is taken. The repo's own
gold is always read, texts kept for measuring never; every visit that the coder finds gives its rows, read in the sentences
that the coder gives it. Plain gradient descent from nought: the same gold gives the same file.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from visit_scores import compare  # noqa: E402
from visits import article_of, listed_gold, own_gold  # noqa: E402

from extractors import Article, read_visits, record_form  # noqa: E402
from extractors.visits import report  # noqa: E402
from extractors.visits.topics import find_topics, signs_of  # noqa: E402

FOLDS, STEPS, RATE, RIDGE = 5, 400, 0.5, 0.0005
THRESHOLDS = tuple(t / 100 for t in range(30, 60, 2))
Weights = dict[str, float]


@dataclass(frozen=True)
class Row:
    """One topic that the sentences of a visit name."""

    signs: Mapping[str, float]
    is_told: bool
    """Whether the gold has it."""
    visit: int


@dataclass(frozen=True)
class Visit:
    """How many topics the gold tells of a visit, and in which article."""

    article: str
    wanted: int


def readable_gold(arguments: Sequence[str]) -> Iterator[tuple[dict[str, Any], Article]]:
    """(gold record, its article): the repo's own without the kept ones, then those of the sets named."""
    yield from ((gold, article_of(gold, path)) for gold, path in own_gold(part="dev"))
    ids = {line.split("\t")[0] for a in arguments if a.endswith(".tsv") for line in Path(a).read_text().splitlines()}
    sets = [Path(a) for a in arguments if a.endswith(".jsonl")]
    for gold, manifest in zip(sets[::2], sets[1::2], strict=True):
        yield from ((g, article_of(g, p)) for g, p in listed_gold(gold, manifest) if g["id"] not in ids)


def signs_in(article: Article, name: str) -> tuple[dict[str, Any], list[dict[str, dict[str, float]]]]:
    """The record of an article, and for each of its visits the signs of the topics that its sentences name."""
    seen: list[dict[str, dict[str, float]]] = []

    def watched(document: Any, spans: Any, named: Any) -> Any:
        seen.append({topic: {**signs, f"topic {topic}": 1.0} for topic, signs in signs_of(document, spans, named)})
        return find_topics(document, spans, named)

    with patch.object(report, "find_topics", watched):
        return record_form(article, read_visits(article), id=name, url=None), seen


def rows_of(gold: Iterator[tuple[dict[str, Any], Article]]) -> tuple[list[Visit], list[Row]]:
    """The visits of the gold that the coder finds, and every topic that it finds named."""
    visits: list[Visit] = []
    rows: list[Row] = []
    for record, article in gold:
        read, seen = signs_in(article, record["id"])
        for wanted, visit in compare(record, read).pairs:
            place = next(i for i, v in enumerate(read["visits"]) if v is visit)
            rows += [Row(signs, topic in wanted["topics"], len(visits)) for topic, signs in seen[place].items()]
            visits.append(Visit(record["id"], len(set(wanted["topics"]))))
    return visits, rows


def fit(rows: Sequence[Row]) -> Weights:
    """Weights of a logistic scale, by gradient descent with a ridge."""
    weights = dict.fromkeys(sorted({name for row in rows for name in row.signs}), 0.0)
    for _ in range(STEPS):
        slope = dict.fromkeys(weights, 0.0)
        for row in rows:
            error = chance(row.signs, weights) - row.is_told
            for name, value in row.signs.items():
                slope[name] += error * value
        for name in weights:
            weights[name] -= RATE * (slope[name] / len(rows) + (RIDGE * weights[name] if name != "bias" else 0.0))
    return weights


def chance(signs: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return 1 / (1 + math.exp(-sum(weights[name] * value for name, value in signs.items() if name in weights)))


def held_back(visits: Sequence[Visit], rows: Sequence[Row]) -> list[tuple[float, bool]]:
    """For each row the chance that weights give it which were fitted without its article, and whether it is told."""
    fold_of = {article: place % FOLDS for place, article in enumerate(sorted({v.article for v in visits}))}
    folds = [fold_of[visits[row.visit].article] for row in rows]
    scored: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        weights = fit([row for row, its in zip(rows, folds, strict=True) if its != fold])
        scored += [(chance(r.signs, weights), r.is_told) for r, its in zip(rows, folds, strict=True) if its == fold]
    return scored


def figures(scored: Sequence[tuple[float, bool]], wanted: int, threshold: float) -> tuple[float, float, float]:
    """Precision, recall and F1 among all topics that the gold tells, those without a word in the lexicon too."""
    hits = sum(told for p, told in scored if p >= threshold)
    precision, recall = hits / max(sum(p >= threshold for p, _ in scored), 1), hits / max(wanted, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def main(arguments: Sequence[str]) -> None:
    visits, rows = rows_of(readable_gold(arguments))
    scored, wanted = held_back(visits, rows), sum(visit.wanted for visit in visits)
    asked = next((float(a.split("=")[1]) for a in arguments if a.startswith("--threshold=")), None)
    threshold = asked or max(THRESHOLDS, key=lambda t: figures(scored, wanted, t)[2])
    weights = fit(rows)
    told = "precision {:.3f}, recall {:.3f}, F1 {:.3f}".format(*figures(scored, wanted, threshold))
    lines = [
        f"# How much each sign of a topic weighs. Written by tests/benchmarks/fit_topics.py from {len(visits)} visits,",
        f"# {len(rows)} named topics; of articles held back among all that the gold tells: {told}.",
        f"threshold = {threshold}",
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
