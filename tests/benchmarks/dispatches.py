"""How many ways of telling a visit are understood: 1,165 invented dispatches of a few sentences, by language and family.

    python tests/benchmarks/dispatches.py [--language fr] [--family dates] [--misses]

Each dispatch of tests/gold/dispatches tells its visit in other words than its neighbours do, or looks like one and is none
(family `none`); what the families are is told in `tests/gold/dispatches/README.md`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from visit_scores import Counts, Scores, score  # noqa: E402
from visits import lines_of, misses, scores_by  # noqa: E402

from extractors import Article, read_visits, record_form  # noqa: E402

FOLDER = HERE.parent / "gold" / "dispatches"
TOLD = (
    "visitor_office", "kind", "status", "salience", "start_on", "end_on", "cities", "topics", "agreements", "outcomes",
)  # fmt: skip
"""The fields that a dispatch's gold tells."""


def dispatches(folder: Path = FOLDER) -> Iterator[dict[str, Any]]:
    """The gold records in order, a line each."""
    for path in sorted(folder.glob("??.jsonl")):
        yield from lines_of(path)


def read_dispatch(gold: dict[str, Any]) -> dict[str, Any]:
    """The record that Chancery makes of one dispatch, its paragraphs given as they are."""
    told = {key: gold[key] for key in ("headline", "body", "language", "published_on")}
    article = Article(**told)
    return record_form(article, read_visits(article), id=gold["id"])


def rows_of(scores: Scores) -> dict[str, Counts]:
    """The events and the fields that the gold tells."""
    return {"visit events": scores.events} | {name: scores.fields.get(name, Counts()) for name in TOLD}


def table(by_name: dict[str, Scores]) -> str:
    """A Markdown table: a row a language or family, precision / recall of events and of each field."""
    heads = ["", "articles", "visit events", *TOLD]
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for name, scores in by_name.items():
        cells = [_cell(counts) for counts in rows_of(scores).values()]
        lines.append(f"| {name} | {scores.articles} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(counts: Counts) -> str:
    if not counts.wanted:
        return f"{counts.wrong} false" if counts.wrong else "–"
    return f"{counts.precision:.2f} / {counts.recall:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language")
    parser.add_argument("--family")
    parser.add_argument("--misses", action="store_true")
    asked = parser.parse_args()
    wanted = {"language": asked.language, "family": asked.family}
    chosen = [g for g in dispatches() if all(v in (None, g[k]) for k, v in wanted.items())]
    if not chosen:
        parser.error("no dispatch of that language and family")
    pairs = [(gold, read_dispatch(gold)) for gold in chosen]
    everything = {"all": score(pairs)}
    sys.stdout.write(f"{table(everything | scores_by(pairs, 'language'))}\n\n{table(scores_by(pairs, 'family'))}\n")
    if asked.misses:
        sys.stdout.write(misses(pairs))


if __name__ == "__main__":
    main()
