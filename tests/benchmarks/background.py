"""Does a sentence that has nothing to do with a visit change how the visit is coded? Over the repo's own gold.

    python tests/benchmarks/background.py [--set dev|kept] [--language fr] [--step 3] [--show]

Each sentence of `background.toml` is put behind each article's last paragraph, and the article is coded with it and without.
No gold is asked: the article's own coding is what must stay.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from visits import article_of, own_gold  # noqa: E402

from extractors import Article, VisitReport, read_visits  # noqa: E402

FIELDS = (
    "visitor_name",
    "host_name",
    "visitor_office",
    "host_office",
    "kind",
    "status",
    "start_on",
    "end_on",
    "cities",
)


@dataclass(slots=True)
class Told:
    """What one sentence did to the articles it was put behind."""

    articles: int = 0
    changed: int = 0
    lost: int = 0
    added: int = 0
    fields: list[str] = field(default_factory=list)


def sentences() -> Mapping[str, Mapping[str, Any]]:
    """The sentences by what they tell, each in five languages, with the states for which they are no background."""
    return tomllib.loads(HERE.joinpath("background.toml").read_text(encoding="utf-8"))


def articles(part: str | None = None, language: str | None = None, step: int = 1) -> list[Article]:
    """Every so manieth article of the gold."""
    chosen = [article_of(gold, path) for gold, path in own_gold(part=part)]
    return [article for article in chosen if language in (None, article.language)][::step]


def coded(article: Article) -> dict[tuple[str | None, str | None], VisitReport]:
    """The visits of an article by their two states, but for those told in passing."""
    visits = read_visits(article).visits
    return {(v.visitor_country, v.host_country): v for v in visits if v.salience != "incidental"}


def differences(before: Mapping[Any, VisitReport], after: Mapping[Any, VisitReport]) -> Iterator[str]:
    """ "lost", "added", or the name of a field that is another one now, once for each visit."""
    for states in before.keys() | after.keys():
        if states not in after or states not in before:
            yield "lost" if states not in after else "added"
        else:
            yield from (f for f in FIELDS if getattr(before[states], f) != getattr(after[states], f))


def try_out(chosen: Sequence[Article], show: bool = False) -> dict[str, Told]:
    """What each sentence does to some articles."""
    before = [coded(article) for article in chosen]
    found = {name: Told() for name in sentences()}
    for name, told in sentences().items():
        for article, own in zip(chosen, before, strict=True):
            sentence = told.get(article.language or "")
            if sentence is None or any(state in told["states"] for states in own for state in states):
                continue
            after = coded(replace(article, body=f"{article.body}\n\n{sentence}"))
            changes = list(differences(own, after))
            row = found[name]
            row.articles, row.changed = row.articles + 1, row.changed + bool(changes)
            row.lost, row.added = row.lost + changes.count("lost"), row.added + changes.count("added")
            row.fields += [change for change in changes if change in FIELDS]
            if show and changes:
                sys.stdout.write(
                    f"{name} · {article.language} · {article.headline or article.body[:60]!r} · {changes}\n"
                )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=("dev", "kept"))
    parser.add_argument("--language", choices=("fr", "en", "ar", "es", "pt"))
    parser.add_argument("--step", type=int, default=3)
    parser.add_argument("--show", action="store_true", help="print each article that changes; not for the kept ones")
    asked = parser.parse_args()
    found = try_out(articles(asked.set, asked.language, asked.step), asked.show and asked.set == "dev")
    sys.stdout.write(
        "| sentence | articles | changed | visits lost | visits added | fields |\n|---|---|---|---|---|---|\n"
    )
    for name, row in found.items():
        cells = (row.articles, row.changed, row.lost, row.added, len(row.fields))
        sys.stdout.write(f"| {name} | " + " | ".join(map(str, cells)) + " |\n")
    tried, changed = sum(row.articles for row in found.values()), sum(row.changed for row in found.values())
    sys.stdout.write(f"\n{changed} of {tried} changed: {1 - changed / max(1, tried):.4f} stay as they are\n")


if __name__ == "__main__":
    main()
