"""Are reprints of one dispatch linked, and nothing else? How long does it take over 100,000 articles?

    python tests/benchmarks/duplicates.py [--articles 100000] [--seed 1]

An invented archive: of every ten articles three are reprints (identical; cut; paragraphs reordered; enlarged; another headline; a few
words changed), two are forms filled in with other names, numbers and places, one retells a dispatch in other words while quoting a
sentence of it, four stand alone. Vocabulary and frames are invented; words are drawn as in prose, the common ones far more often. Prints
precision and recall of pairs, and seconds.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, combinations
from pathlib import Path

import pyarrow as pa

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1])]

from warehouse import Catalogue, open_catalogue  # noqa: E402

SYLLABLES = [
    "ba",
    "ka",
    "mi",
    "lo",
    "té",
    "ra",
    "sou",
    "di",
    "na",
    "pré",
    "con",
    "for",
    "ti",
    "ou",
    "ma",
    "de",
    "li",
    "ver",
    "cha",
    "no",
    "gué",
    "ri",
    "sa",
    "tou",
    "vé",
]
FIRST = date(2026, 1, 1)


class Writer:
    """Invented prose: the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        words = {
            "".join(self.chance.choices(SYLLABLES, k=self.chance.choice((1, 2, 2, 3, 3, 4)))) for _ in range(30_000)
        }
        self.words = sorted(words)
        self.weights = list(accumulate(1 / (n + 10) for n in range(len(self.words))))
        self.forms = [self.form() for _ in range(40)]

    def name(self) -> str:
        return " ".join("".join(self.chance.choices(SYLLABLES, k=3)).capitalize() for _ in range(2))

    def sentence(self) -> str:
        words = self.chance.choices(self.words, cum_weights=self.weights, k=self.chance.randint(8, 26))
        if self.chance.random() < 0.4:
            words[self.chance.randrange(1, len(words))] = self.name()
        if self.chance.random() < 0.2:
            words[self.chance.randrange(1, len(words))] = str(self.chance.randint(2, 2026))
        return " ".join(words).capitalize() + "."

    def paragraphs(self, least: int = 4, most: int = 9) -> list[str]:
        return [
            " ".join(self.sentence() for _ in range(self.chance.randint(2, 4)))
            for _ in range(self.chance.randint(least, most))
        ]

    def form(self) -> str:
        """A text as a ministry prints it week after week, with gaps for names, numbers and places."""
        text = " ".join(self.paragraphs(3, 5)).split()
        for place in sorted(
            self.chance.sample(range(3, len(text) - 3), max(3, len(text) // self.chance.choice((18, 45)))), reverse=True
        ):
            text[place : place + 1] = ["{}"]
        return " ".join(text)

    def filled(self) -> str:
        form = self.chance.choice(self.forms)
        return form.format(
            *(self.chance.choice((self.name(), str(self.chance.randint(1, 2026)))) for _ in range(form.count("{}")))
        )

    def reprint(self, paragraphs: list[str]) -> str:
        """The dispatch as another paper prints it."""
        told = list(paragraphs)
        ways = self.chance.sample(("cut", "order", "more", "words", "none"), k=self.chance.choice((1, 1, 2)))
        if "cut" in ways:
            told = told[: max(2, len(told) * 6 // 10)]
        if "order" in ways:
            self.chance.shuffle(told)
        if "more" in ways:
            told.insert(self.chance.randrange(len(told) + 1), self.paragraphs(1, 1)[0])
        if "words" in ways:
            words = " ".join(told).split()
            for _ in range(len(words) // 40):
                words[self.chance.randrange(len(words))] = self.chance.choice(self.words)
            return " ".join(words)
        return "\n\n".join(told)


def texts(count: int, seed: int) -> Iterator[tuple[str, int, str | None]]:
    """(body, day, group) of so many articles; the group is None for those that stand alone."""
    writer = Writer(seed)
    made = 0
    while made < count:
        day = made * 365 // count
        dispatch = writer.paragraphs()
        group = str(made)
        bodies: list[tuple[str, str | None]] = [("\n\n".join(dispatch), group)]
        bodies += [(writer.reprint(dispatch), group) for _ in range(writer.chance.randint(1, 4))]
        bodies += [(writer.filled(), None) for _ in range(2)]
        quoted = dispatch[0].split(". ")[0]
        bodies.append(("\n\n".join([*writer.paragraphs(3, 5), f"« {quoted} »", *writer.paragraphs(1, 2)]), None))
        bodies += [("\n\n".join(writer.paragraphs()), None) for _ in range(4)]
        for body, its in bodies[: count - made]:
            yield body, day + writer.chance.randint(0, 3), its
        made += len(bodies)


def fill(catalogue: Catalogue, count: int, seed: int) -> dict[str, str | None]:
    """Writes the articles straight into the tables; gives their groups."""
    rows, groups = [], {}
    for n, (body, day, group) in enumerate(texts(count, seed)):
        id = f"{n:016x}"
        groups[id] = group
        rows.append(
            {
                "id": id,
                "body": body,
                "day": FIRST + timedelta(days=day),
                "made_at": datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day),
            }
        )
    catalogue.connection.register("made", pa.Table.from_pylist(rows))
    catalogue.connection.execute(
        "INSERT INTO articles (article_id, url, first_captured_at, last_captured_at, current_revision_id) SELECT id, id, made_at, made_at, 'r' || id FROM made;"
        "INSERT INTO article_revisions (revision_id, article_id, content_digest, text_digest, first_captured_at, last_captured_at, body, published_on) "
        "SELECT 'r' || id, id, 'd', 't', made_at, made_at, body, day FROM made"
    )
    catalogue.connection.unregister("made")
    return groups


def scores(catalogue: Catalogue, groups: dict[str, str | None]) -> tuple[float, float, int]:
    """Precision and recall of linked pairs, and the number that should be."""
    found: dict[str, list[str]] = defaultdict(list)
    for id, group in catalogue.connection.execute("SELECT article_id, group_id FROM same_texts").fetchall():
        found[group].append(id)
    wanted: dict[str, list[str]] = defaultdict(list)
    for id, group in groups.items():
        if group is not None:
            wanted[group].append(id)
    linked = {pair for ids in found.values() for pair in combinations(sorted(ids), 2)}
    right = {pair for ids in wanted.values() for pair in combinations(sorted(ids), 2)}
    return len(linked & right) / max(1, len(linked)), len(linked & right) / max(1, len(right)), len(right)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, open_catalogue(Path(folder) / "catalogue.duckdb") as catalogue:
        groups = fill(catalogue, given.articles, given.seed)
        began, cpu = time.perf_counter(), time.process_time()
        linked = catalogue.link_texts()
        sys.stdout.write(
            f"{len(groups):,} articles: {linked:,} linked in {time.perf_counter() - began:.1f} s ({time.process_time() - cpu:.1f} s of processor)\n"
        )
        precision, recall, pairs = scores(catalogue, groups)
        sys.stdout.write(f"pairs: precision {precision:.4f}, recall {recall:.4f} (n {pairs:,})\n")
        began = time.perf_counter()
        catalogue.link_texts()
        sys.stdout.write(f"again, nothing new: {time.perf_counter() - began:.1f} s\n")


if __name__ == "__main__":
    main()
