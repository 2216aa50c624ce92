"""Fits how much each sign weighs that a visit is told (`extractors/visits/confidence.toml`) on the gold that may be looked at.

usage: python tests/benchmarks/fit_confidence.py [GOLD.jsonl MANIFEST.jsonl]… [KEPT_IDS.tsv]  (prints the file)

The rules were written with these articles in view, so that hardly a visit read there is wrong, and what tells a wrong
one can't be learnt from them. So each article is read several times over by a coder that lacks a part of its phrases
(`THINNED`), as it lacks those of texts that nobody has looked at: which phrases those are is told by their digest, so
that the same gold gives the same file. The fit is then shifted to the rate of error on articles that nobody looked at
(`--error`); only this total of the kept articles is used, none of their texts.
"""

from __future__ import annotations

import hashlib
import math
import multiprocessing
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from fit_status import readable_gold  # noqa: E402
from visit_scores import compare  # noqa: E402

from extractors import Article, read_visits, record_form  # noqa: E402
from extractors.visits import language_files, report  # noqa: E402
from extractors.visits.confidence import features  # noqa: E402

FOLDS, STEPS, RATE, RIDGE = 10, 1500, 0.5, 0.002
ERROR = 0.13
"""The share of visits in error on articles that were not looked at, at the time of the fit."""
THINNED = ((0.25, "a"), (0.4, "b"), (0.25, "c"), (0.4, "d"))
"""For each reading the share of phrases that are left out, and what makes it another choice than the rest."""
SECTIONS = ("cues", "offices", "status", "stage", "kinds")
Row = tuple[Mapping[str, float], bool, str]  # signs, right or not, article


def rows_of(gold: dict[str, Any], article: Article) -> Iterator[Row]:
    """The signs of each visit returned from an article, and whether it is an event of the gold."""
    signs: list[Mapping[str, float]] = []
    original = report.confidence_of

    def watched(*given: Any, **more: Any) -> float:
        signs.append(features(*given, **more))
        return original(*given, **more)

    with patch.object(report, "confidence_of", watched):
        read = record_form(article, read_visits(article), id=gold["id"], url=None)
    pairs = compare(gold, read).pairs
    for visit, found in zip(read["visits"], signs, strict=True):
        if visit["salience"] != "incidental":
            yield found, any(visit is r for _, r in pairs), gold["id"]


def is_kept(share: float, choice: str, *names: str) -> bool:
    """Whether a phrase is left in where a share of all is left out."""
    digest = hashlib.sha256("|".join((choice, *names)).encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32 >= share


def thinned_rows(asked: tuple[float, str, Sequence[str]]) -> list[Row]:
    """The rows of a coder that lacks a share of its phrases; asked in a process of its own, where no lexicon is read yet."""
    share, choice, arguments = asked
    read_whole = language_files.read_toml

    def read_thinned(path: Path) -> Mapping[str, Any]:
        told = dict(read_whole(path))
        for section in SECTIONS:
            lists = {
                name: [p for p in phrases if is_kept(share, choice, path.name, section, name, p)] or phrases[:1]
                for name, phrases in told.get(section, {}).items()
                if isinstance(phrases, list)
            }
            told[section] = {**told.get(section, {}), **lists}
        return told

    with patch.object(language_files, "read_toml", read_thinned):
        return [row for gold, article in readable_gold(arguments) for row in rows_of(gold, article)]


def chance(signs: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in signs.items())))


def fit(data: Sequence[Row]) -> dict[str, float]:
    """Weights of a logistic scale by gradient descent with a ridge."""
    weights = dict.fromkeys(sorted({name for signs, *_ in data for name in signs}), 0.0)
    for _ in range(STEPS):
        slope = dict.fromkeys(weights, 0.0)
        for signs, told, _article in data:
            error = chance(signs, weights) - told
            for name, value in signs.items():
                slope[name] += error * value
        for name in weights:
            weights[name] -= RATE * (slope[name] / len(data) + (RIDGE * weights[name] if name != "bias" else 0.0))
    return weights


def shifted(weights: Mapping[str, float], data: Sequence[Row], error: float) -> dict[str, float]:
    """The same scale with its bias moved until the mean confidence is what holds on unseen articles."""
    low, high = -10.0, 10.0
    for _ in range(50):
        middle = (low + high) / 2
        told = sum(chance(signs, {**weights, "bias": middle}) for signs, *_ in data) / len(data)
        low, high = (middle, high) if told < 1 - error else (low, middle)
    return {**weights, "bias": low}


def held_back(data: Sequence[Row]) -> float:
    """Brier score on articles that were not fitted on."""
    fold_of = {article: i % FOLDS for i, article in enumerate(sorted({row[2] for row in data}))}
    total = 0.0
    for fold in range(FOLDS):
        weights = fit([row for row in data if fold_of[row[2]] != fold])
        total += sum((chance(signs, weights) - told) ** 2 for signs, told, a in data if fold_of[a] == fold)
    return total / len(data)


def main(arguments: Sequence[str]) -> None:
    asked = [(share, choice, arguments) for share, choice in THINNED]
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        data = [row for rows in pool.map(thinned_rows, asked, chunksize=1) for row in rows]
    error = next((float(a.split("=")[1]) for a in arguments if a.startswith("--error=")), ERROR)
    weights = shifted(fit(data), data, error)
    lines = [
        f"# How much each sign weighs that a visit is told. Written by tests/benchmarks/fit_confidence.py from {len(data)} readings of visits;",
        f"# Brier score on articles held back: {held_back(data):.3f}; moved to {error:.0%} in error on articles that were not looked at.",
        *(f"{name} = {value:.3f}" for name, value in sorted(weights.items())),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
