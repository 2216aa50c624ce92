"""How many visits a look at the feed entry alone would lose, and how many other pages it saves.

    python tests/benchmarks/likely.py [--gold GOLD.jsonl --manifest MANIFEST.jsonl]

The entry of an article is its headline and its first 200 characters, as feeds print them.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from visits import listed_gold, own_gold  # noqa: E402

from extractors import Entry, may_concern_visit, read_article, read_text  # noqa: E402


def looks_likely(path: Path) -> bool:
    article = (read_text if path.suffix == ".txt" else read_article)(path.read_bytes())
    return may_concern_visit(Entry(url="", headline=article.headline, summary=article.body[:200]))


def measured(chosen: list[tuple[dict[str, Any], Path]]) -> tuple[int, int, int, int]:
    """(visits seen, visits, other articles seen, other articles)."""
    seen = [(gold["is_visit"], looks_likely(path)) for gold, path in chosen]
    visits, others = [s for is_visit, s in seen if is_visit], [s for is_visit, s in seen if not is_visit]
    return sum(visits), len(visits), sum(others), len(others)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--manifest", type=Path)
    asked = parser.parse_args()
    chosen = list(listed_gold(asked.gold, asked.manifest) if asked.gold else own_gold())
    seen, visits, others_seen, others = measured(chosen)
    sys.stdout.write(
        f"visits kept {seen}/{visits} = {seen / max(1, visits):.3f}; other articles kept {others_seen}/{others}\n"
    )


if __name__ == "__main__":
    main()
