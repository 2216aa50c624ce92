"""How fast visits are coded: articles a second and core by language, a worker's cold start, and the cost of near-matches.

    python tests/benchmarks/speed.py [--language fr] [--words 400] [--runs 5] [--gold GOLD.jsonl --manifest MANIFEST.jsonl]

Without --gold the articles under tests/gold/visits are coded, and beside them the general news pages of ../shared where it is
there. Every body is repeated or cut to about as many words; reading the page is not counted. Times are CPU seconds of one
process, the best of the runs; a run goes through all articles, so that nothing that is remembered of a text helps with it.

"a newsroom's mix" is three articles without a visit to each with one: general news where it is there, else the gold's own
articles without a visit, which all look like one.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from real_pages import PAGES, pages  # noqa: E402
from visits import listed_gold, own_gold  # noqa: E402

from extractors import Article, read_article, read_text, read_visits  # noqa: E402

LANGUAGES = ("fr", "en", "ar", "es", "pt")
NEAR = {
    "fr": ("le ministre des ", "en visite ", "son homologue ", "le président de la République du "),
    "en": ("the minister of ", "on a visit to ", "her counterpart ", "the president of the Republic of "),
    "ar": ("وزير ", "زيارة إلى ", "نظيره ", "رئيس جمهورية "),
    "es": ("el ministro de ", "de visita en ", "su homólogo ", "el presidente de la República de "),
    "pt": ("o ministro de ", "em visita a ", "seu homólogo ", "o presidente da República de "),
}
"""What begins as a visit does and never becomes one."""
_PLAIN = 3
"""So many articles without a visit come to one with a visit in a newsroom's mix."""
_COLD = """
import time
from extractors import Article, read_visits
print(time.process_time())
for language in {languages!r}:
    began = time.process_time()
    read_visits(Article(language=language, body={bodies!r}[language], published_on="2025-03-10"))
    print(time.process_time() - began)
"""


def of_length(article: Article, words: int) -> Article:
    """The article with its paragraphs repeated, or cut, to about as many words."""
    lines = [line for line in article.body.split("\n") if line.strip()]
    body: list[str] = []
    count = 0
    while lines and count < words:
        line = lines[len(body) % len(lines)]
        body.append(line)
        count += len(line.split())
    return replace(article, body="\n\n".join(body))


def articles_of(gold: Path | None, manifest: Path | None, words: int) -> Iterator[Article]:
    """The articles of a gold set, read and made as long as wanted."""
    chosen = listed_gold(gold, manifest) if gold and manifest else own_gold()
    for record, path in chosen:
        reader = read_text if path.suffix == ".txt" else read_article
        given = record.get("given", record)
        article = reader(path.read_bytes(), url=given.get("url"), published_on=given.get("published_on"))
        if article.language in LANGUAGES:
            yield of_length(article, words)


def general_news(words: int) -> Iterator[Article]:
    """The general pages beside the project in the languages that are coded, made as long; none where they are not."""
    for row, page in pages() if PAGES.is_dir() else ():
        article = read_article(page, url=row.get("url"))
        if article.language in LANGUAGES and article.body.strip():
            yield of_length(article, words)


def seconds(article: Article, runs: int = 1) -> float:
    """CPU seconds for coding one article, the best of some runs."""
    best = float("inf")
    for _ in range(runs):
        began = time.process_time()
        read_visits(article)
        best = min(best, time.process_time() - began)
    return best


def near_match(language: str, piece: str, size: int) -> Article:
    """An article of so many characters that only repeats what looks like the beginning of a visit."""
    return Article(language=language, body=piece * (size // len(piece)), published_on="2025-03-10")


def cold_start(bodies: dict[str, str]) -> list[float]:
    """CPU seconds of a new process: its imports, then its first article of each language."""
    code = _COLD.format(languages=tuple(bodies), bodies=bodies)
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HERE.parents[1])
    return [float(line) for line in told.stdout.split()]


def show_rates(articles: Sequence[Article], general: Sequence[Article], runs: int) -> None:
    """Articles a second by language, with and without a visit, and of the mix."""
    both = [*articles, *general]
    has_visit = [bool(read_visits(article).visits) for article in both]
    each_run = [[seconds(article) for article in both] for _ in range(runs)]
    taken: defaultdict[str, list[float]] = defaultdict(list)
    for at, (article, told, *spent) in enumerate(zip(both, has_visit, *each_run, strict=True)):
        names = ("all", article.language or "", "with a visit" if told else "without a visit")
        for name in names if at < len(articles) else ("general news",):
            taken[name].append(min(spent))
    each = {name: (len(times), sum(times) / len(times)) for name, times in sorted(taken.items())}
    plain, told_of = each.get("general news", each.get("without a visit")), each.get("with a visit")
    if plain and told_of:
        each["a newsroom's mix"] = (plain[0] + told_of[0], (_PLAIN * plain[1] + told_of[1]) / (_PLAIN + 1))
    sys.stdout.write("| articles | n | ms each | a second |\n|---|---|---|---|\n")
    for name, (count, mean) in each.items():
        sys.stdout.write(f"| {name} | {count} | {1000 * mean:.2f} | {1 / mean:.0f} |\n")


def show_cold_start(articles: Sequence[Article]) -> None:
    bodies = {language: next((a.body for a in articles if a.language == language), "") for language in LANGUAGES}
    imports, *first = cold_start(bodies)
    told = ", ".join(f"{language} {spent:.2f}" for language, spent in zip(bodies, first, strict=True))
    sys.stdout.write(
        f"\ncold start: imports {imports:.2f} s, first articles {told}, {imports + sum(first):.2f} s in all\n"
    )


def show_near_matches(languages: Sequence[str]) -> None:
    sys.stdout.write("\n| near-matches | 100 KB, s | 1 MB, s |\n|---|---|---|\n")
    for language in languages:
        for piece in NEAR[language]:
            short, long = (seconds(near_match(language, piece, size)) for size in (100_000, 1_000_000))
            sys.stdout.write(f"| {language}: {piece.strip()} | {short:.2f} | {long:.2f} |\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", choices=LANGUAGES)
    parser.add_argument("--words", type=int, default=400)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--manifest", type=Path)
    asked = parser.parse_args()
    if bool(asked.gold) != bool(asked.manifest):
        parser.error("--gold and --manifest go together")
    articles = list(articles_of(asked.gold, asked.manifest, asked.words))
    chosen = [a for a in articles if asked.language in (None, a.language)]
    if not chosen:
        parser.error("no gold articles found there")
    general = [] if asked.gold else [a for a in general_news(asked.words) if asked.language in (None, a.language)]
    show_rates(chosen, general, asked.runs)
    show_cold_start(articles)
    show_near_matches([asked.language] if asked.language else LANGUAGES)


if __name__ == "__main__":
    main()
