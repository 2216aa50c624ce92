"""Leaves publishers out in turn: how much of the body score is owed to weights fitted on the same pages.

    python tests/benchmarks/kfold.py [--folds 8]
    python tests/benchmarks/kfold.py --bare

For each weight of the body scorer several values are tried; in each fold the best setting is chosen on the other
publishers and measured on those left out. Prints the fitted score, the left-out score, and the score of each value.
`--bare` takes every class and id off the pages and measures what is left to the structure alone: how the reader
does on papers whose words nobody has listed.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from statistics import fmean
from typing import Any

import real_pages

from extractors import PageError, read_article
from extractors.article import container, survey

VALUES: dict[tuple[Any, str], tuple[float, ...]] = {
    (container, "BODY_FACTOR"): (1.0, 1.3, 1.6, 2.5, 4.0),
    (container, "NEARLY_ALL"): (0.7, 0.8, 0.9),
    (container, "NEARLY_ALL_BODY"): (0.4, 0.5, 0.65, 0.8),
    (container, "BESIDE"): (0.03, 0.08, 0.15),
    (survey, "_ENOUGH"): (15, 25, 40),
    (survey, "_MOST"): (0.35, 0.5, 0.65),
    (survey, "_SMALL_CARD"): (250, 450, 800),
}
_WORDS = re.compile(rb"""\s(?:class|id)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""")
Pages = list[tuple[Mapping[str, Any], tuple[float, float, float]]]


def settings() -> Iterator[tuple[str, dict[tuple[Any, str], float]]]:
    """The present setting, and each that differs from it in one value."""
    yield "as it is", {}
    for (module, name), values in VALUES.items():
        for value in values:
            if value != getattr(module, name):
                yield f"{name} = {value}", {(module, name): value}


def bare(page: bytes) -> bytes:
    """A page without class and id attributes."""
    return _WORDS.sub(b"", page)


def measure(changes: Mapping[tuple[Any, str], float], prepare: Callable[[bytes], bytes] = bytes) -> Pages:
    """(gold, shares of right, wrong and missing shingles) of each page under a setting."""
    before = {key: getattr(*key) for key in changes}
    for (module, name), value in changes.items():
        setattr(module, name, value)
    try:
        return [(gold, real_pages.shares(real_pages.gold_shingles(gold), real_pages.shingles(_body(prepare(page), gold))))
                for gold, page in real_pages.pages()]  # fmt: skip
    finally:
        for (module, name), value in before.items():
            setattr(module, name, value)


def _body(page: bytes, gold: Mapping[str, Any]) -> str:
    try:
        return read_article(page, url=gold.get("url")).body
    except PageError:
        return ""


def by_publisher(pages: Pages) -> dict[str, float]:
    """Body F1 of each publisher."""
    found = defaultdict(list)
    for gold, page in pages:
        found[gold["domain"]].append(page)
    return {domain: real_pages.f1(pages_) for domain, pages_ in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folds", type=int, default=8)
    parser.add_argument("--bare", action="store_true")
    options = parser.parse_args()
    folds = options.folds
    if options.bare:
        pages = measure({}, bare)
        print(f"without class and id: body F1 {real_pages.f1(page for _, page in pages):.4f}, "  # noqa: T201
              f"mean over publishers {fmean(by_publisher(pages).values()):.4f}")  # fmt: skip
        return
    scores = {name: by_publisher(measure(changes)) for name, changes in settings()}
    domains = sorted(scores["as it is"])
    left_out = []
    for fold in range(folds):
        held = [domain for n, domain in enumerate(domains) if n % folds == fold]
        seen = [domain for domain in domains if domain not in held]
        best = max(scores, key=lambda name: fmean(scores[name][domain] for domain in seen))
        left_out += [scores[best][domain] for domain in held]
    for name, values in scores.items():
        print(f"{name:24} {fmean(values.values()):.4f}")  # noqa: T201
    fitted = max(fmean(values.values()) for values in scores.values())
    print(f"fitted on all {fitted:.4f} · chosen without the publisher {fmean(left_out):.4f}")  # noqa: T201


if __name__ == "__main__":
    main()
