"""Fits how much each sign of a visit's status weighs (`extractors/visits/status.toml`) on the gold that may be looked at.

usage: python tests/benchmarks/fit_status.py [GOLD.jsonl MANIFEST.jsonl]… [KEPT_IDS.tsv]  (prints the file, then the figures as comments)

The repo's own gold and the stories of the sample newsroom are always read, texts kept for measuring never. Plain gradient
descent from the weights in use, which the ridge holds them to: what older gold taught is not forgotten, and the same gold on
the same file gives the same file. The share right on articles held back is of a fit from nought.
"""

from __future__ import annotations

import dataclasses
import math
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from visit_scores import compare  # noqa: E402
from visits import article_of, listed_gold, own_gold  # noqa: E402

from extractors import Article, load_sources, read_article, read_visits, record_form  # noqa: E402
from extractors.visits import report  # noqa: E402
from extractors.visits.status import clear_status, weights_in_use  # noqa: E402
from extractors.visits.status_signs import signs_of  # noqa: E402
from flows.newsroom import Newsroom, Story, open_site  # noqa: E402

STATUSES = ("announced", "under_way", "concluded")
FOLDS, STEPS, RATE, RIDGE, LOOSE_RIDGE, RAREST = 5, 200, 1.0, 0.1, 0.03, 3
Row = tuple[Mapping[str, float], str, str]  # signs, status, article
Weights = dict[str, dict[str, float]]


def readable_gold(arguments: Sequence[str]) -> Iterator[tuple[dict[str, Any], Article]]:
    """(gold record, its article): the repo's own without the kept ones, the newsroom's, then those of the sets named."""
    yield from ((gold, article_of(gold, path)) for gold, path in own_gold(part="dev"))
    yield from newsroom_gold()
    ids = {line.split("\t")[0] for a in arguments if a.endswith(".tsv") for line in Path(a).read_text().splitlines()}
    sets = [Path(a) for a in arguments if a.endswith(".jsonl")]
    for gold, manifest in zip(sets[::2], sets[1::2], strict=True):
        yield from ((g, article_of(g, p)) for g, p in listed_gold(gold, manifest) if g["id"] not in ids)


def newsroom_gold() -> Iterator[tuple[dict[str, Any], Article]]:
    """The stories of the sample newsroom with the visits that their files tell."""
    site, sources = open_site(), load_sources([Newsroom.sources_folder])
    for story in site.stories:
        article = read_article(site.page(story).body, url=site.url(story), source=sources[story.paper])
        yield {"id": f"newsroom/{story.slug}", "visits": list(_visits_of(story))}, article


def _visits_of(story: Story) -> Iterator[dict[str, Any]]:
    for visit in story.visits:
        yield {**dataclasses.asdict(visit), "start_on": {"value": visit.start_on}, "qualifies": True}


def rows_of(gold: dict[str, Any], article: Article) -> Iterator[Row]:
    """The signs of the visits that are found in an article, with the status that the gold tells."""
    signs: list[Mapping[str, float] | None] = []
    original = report.status_of

    def watched(scene: Any, trip: Any, trips: Any, hits: Any, spans: Any) -> Any:
        told = original(scene, trip, trips, hits, spans)
        is_weighed = told[0] in STATUSES and not trip.is_earlier
        signs.append(signs_of(scene, trip, trips, hits, spans) if is_weighed else None)
        return told

    with patch.object(report, "status_of", watched):
        read = record_form(article, read_visits(article), id=gold["id"], url=None)
    for wanted, visit in compare(gold, read).pairs:
        found = signs[next(i for i, v in enumerate(read["visits"]) if v is visit)]
        if found is not None and wanted["status"] in STATUSES:
            yield found, wanted["status"], gold["id"]


def chances(signs: Mapping[str, float], weights: Weights) -> dict[str, float]:
    powers = {s: math.exp(sum(weights[s].get(n, 0.0) * v for n, v in signs.items())) for s in STATUSES}
    return {s: power / sum(powers.values()) for s, power in powers.items()}


def fit(data: Sequence[Row], before: Mapping[str, Mapping[str, float]] | None = None) -> Weights:
    """Weights of a softmax scale by gradient descent with a ridge towards those of `before`, else towards nought; signs
    seen once or twice are left out."""
    seen = Counter(name for signs, *_ in data for name in signs)
    names = sorted(name for name, times in seen.items() if times >= RAREST)
    known = before or {s: {} for s in STATUSES}
    start: Weights = {s: {name: known[s].get(name, 0.0) for name in names} for s in STATUSES}
    weights: Weights = {s: dict(start[s]) for s in STATUSES}
    hold = RIDGE if before else LOOSE_RIDGE
    for _ in range(STEPS):
        slopes: Weights = {s: dict.fromkeys(names, 0.0) for s in STATUSES}
        for signs, status, _article in data:
            for s, chance in chances(signs, weights).items():
                for name, value in signs.items():
                    if seen[name] >= RAREST:
                        slopes[s][name] += (chance - (s == status)) * value
        for s, name in ((s, name) for s in STATUSES for name in names):
            ridge = hold * (weights[s][name] - start[s][name]) if before or name != "bias" else 0.0
            weights[s][name] -= RATE * (slopes[s][name] / len(data) + ridge)
    return weights


def held_back(data: Sequence[Row]) -> float:
    """The share of statuses told right for articles that were not fitted on."""
    fold_of = {article: i % FOLDS for i, article in enumerate(sorted({row[2] for row in data}))}
    right = 0
    for fold in range(FOLDS):
        weights = fit([row for row in data if fold_of[row[2]] != fold])
        for signs, status, article in data:
            if fold_of[article] == fold:
                right += (clear_status(signs) or _likeliest(chances(signs, weights))) == status
    return right / len(data)


def _likeliest(told: Mapping[str, float]) -> str:
    return max(told, key=lambda name: told[name])


def main(arguments: Sequence[str]) -> None:
    data = [row for gold, article in readable_gold(arguments) for row in rows_of(gold, article)]
    articles = len({row[2] for row in data})
    lines = [
        f"# How much each sign of a visit's status weighs. Written by tests/benchmarks/fit_status.py from {len(data)} visits of {articles} articles;",
        f"# right on articles held back: {held_back(data):.3f}.",
    ]
    for status, table in fit(data, weights_in_use()).items():
        lines += ["", f"[{status}]", *(f'"{name}" = {value:.3f}' for name, value in table.items())]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
