"""How well visits are coded: the repo's own gold articles, by language and field, and the reliability of confidence.

    python tests/benchmarks/visits.py [--set dev|kept] [--language fr] [--gold GOLD.jsonl --manifest MANIFEST.jsonl] [--misses] [--json]

Without --gold the articles under tests/gold/visits are read; with it any set in the codebook's form.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from visit_scores import Counts, Scores, compare, reliability, score  # noqa: E402

from extractors import Article, read_article, read_text, read_visits, record_form  # noqa: E402

GOLD = HERE.parent / "gold" / "visits"

Pair = tuple[dict[str, Any], dict[str, Any]]
"""A gold record and the one that was read."""


def own_gold(folder: Path = GOLD, *, part: str | None = None) -> Iterator[tuple[dict[str, Any], Path]]:
    """(gold record, its text file) of the repo's own articles; `part` is "dev" or "kept"."""
    for path in sorted(folder.glob("??/*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if part in (None, gold.get("set")):
            yield gold, path.with_suffix(".txt")


def listed_gold(gold: Path, manifest: Path, ids: Path | None = None) -> Iterator[tuple[dict[str, Any], Path]]:
    """The same of a gold file and the manifest beside it; `ids` names the articles wanted, in its first column."""
    records = {row["id"]: row for row in lines_of(gold)}
    wanted = {line.split("\t")[0].strip() for line in ids.open(encoding="utf-8")} if ids else set(records)
    for row in lines_of(manifest):
        if row["id"] in wanted:
            yield {**records[row["id"]], "given": row}, manifest.parent / row["path"]


def lines_of(path: Path) -> list[dict[str, Any]]:
    """The records of a file with one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_one(gold: dict[str, Any], path: Path) -> dict[str, Any]:
    """The record that Chancery makes of one gold article."""
    article = article_of(gold, path)
    return record_form(article, read_visits(article), id=gold["id"], url=gold.get("given", gold).get("url"))


def article_of(gold: dict[str, Any], path: Path) -> Article:
    """The article of a gold record as Chancery reads it."""
    given = gold.get("given", gold)
    reader = read_text if path.suffix == ".txt" else read_article
    return reader(path.read_bytes(), url=given.get("url"), published_on=given.get("published_on"))


def scores_by(pairs: list[Pair], key: str) -> dict[str, Scores]:
    """The scores of each language, or of whatever else the gold tells."""
    groups: dict[str, list[Pair]] = defaultdict(list)
    for gold, read in pairs:
        groups[gold[key]].append((gold, read))
    return {name: score(told) for name, told in sorted(groups.items())}


def misses(pairs: list[Pair]) -> str:
    """A line for each visit that was missed or that is none, with the wording that was tried where the gold tells it."""
    return "".join(
        f"{word}: {gold['id']} {v['visitor_country']}->{v['host_country']} {gold.get('wording') or v.get('visitor_name')}\n"
        for gold, read in pairs
        for seen in (compare(gold, read),)
        for word, visits in (("missed", seen.missed), ("in error", seen.extra))
        for v in visits
    )


def rows_of(scores: Scores) -> list[tuple[str, Counts]]:
    return [("article decision", scores.decision), ("visit events", scores.events), *sorted(scores.fields.items())]


def table(by_name: dict[str, Scores]) -> str:
    """A Markdown table: a row a field, a column a set; right share, or F1 where a list is compared, and n."""
    names = list(by_name)
    fields = list(dict.fromkeys(label for s in by_name.values() for label, _ in rows_of(s)))
    lines = [
        "| measure | " + " | ".join(f"{n} ({by_name[n].articles})" for n in names) + " |",
        "|---" * (len(names) + 1) + "|",
    ]
    for label in fields:
        cells = [_cell(dict(rows_of(by_name[n])).get(label)) for n in names]
        lines.append(f"| {label} | " + " | ".join(cells) + " |")
    lines.append(
        "| brier | " + " | ".join(f"{s.brier:.3f}" if s.brier is not None else "–" for s in by_name.values()) + " |"
    )
    return "\n".join(lines)


def _cell(counts: Counts | None) -> str:
    if counts is None or not counts.wanted + counts.wrong:
        return "–"
    return f"{counts.precision:.3f} / {counts.recall:.3f} (n {counts.wanted})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=("dev", "kept"))
    parser.add_argument("--language")
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--manifest", type=Path)
    parser.add_argument("--ids", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if bool(asked.gold) != bool(asked.manifest):
        parser.error("--gold and --manifest go together")
    chosen = listed_gold(asked.gold, asked.manifest, asked.ids) if asked.gold else own_gold(part=asked.set)
    began = time.process_time()
    pairs = [(g, read_one(g, p)) for g, p in chosen if asked.language in (None, g["language"])]
    seconds = time.process_time() - began
    if not pairs:
        parser.error("no gold articles found there")
    show(pairs, as_json=asked.json, with_misses=asked.misses)
    sys.stdout.write(
        f"\n{len(pairs)} articles read and coded in {seconds:.2f} s of one core\n" if not asked.json else ""
    )


def show(pairs: list[Pair], *, as_json: bool, with_misses: bool) -> None:
    scores = {"all": score(pairs)} | scores_by(pairs, "language")
    if as_json:
        told = {n: {label: [c.precision, c.recall, c.f1] for label, c in rows_of(s)} for n, s in scores.items()}
        sys.stdout.write(json.dumps(told) + "\n")
        return
    sys.stdout.write(table(scores) + "\n\n(precision / recall; n = values in the gold)\n\n")
    sys.stdout.write("| confidence | visits | told | right |\n|---|---|---|---|\n")
    for label, count, told_share, right in reliability(scores["all"].sure):
        sys.stdout.write(f"| {label} | {count} | {told_share:.2f} | {right:.2f} |\n")
    if with_misses:
        sys.stdout.write(misses(pairs))


if __name__ == "__main__":
    main()
