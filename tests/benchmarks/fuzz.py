"""Mutates pages and reads them: whatever comes, a record or a reason, soon, and its text free of markup.

    python tests/benchmarks/fuzz.py [--pages FOLDER …] [--count 200000] [--jobs 1] [--seed 1]

Without --pages the invented pages under tests/gold are mutated. Each page is read as a run reads it, coder included, in worker
processes with a deadline. What breaks is written to --keep (default fuzz-broken/), named after its seed, and makes the exit 1.
"""

from __future__ import annotations

import argparse
import gzip
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from flows.pool import ReadingPool  # noqa: E402
from flows.reading import PageTask, Record, read_stream  # noqa: E402

PIECES = (
    b"<div>", b"</div>", b"<p>", b"</p>", b"<table><tr><td>", b"</table>", b"<a href='http://[x'>", b"</a>", b"<!--", b"-->", b"<script>", b"</script>", b"<svg>",
    b"<![CDATA[", b"]]>", b"<h1>", b"</h1>", b"</body>", b"</html>", b"<body>", b"<template>", b"<noscript>", b"<plaintext>", b"<select><option>", b"<frameset>",
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3\x28", b"&#0;", b"&#x110000;", b"&lt;b&gt;", b"{", b"}", b'"', b"\xe2\x80\xae", b"\r", b"Lire aussi : ", b"Par ", b"99/99/9999",
    b"ALGER - ", b"2025-13-45T99:99", b"<meta charset=utf-16>", b"<base href='//['>", b"<time datetime='0000-00-00'>", b"<br>" * 50, b"<b><i>" * 50,
)  # fmt: skip
"""What damaged and hostile pages hold where it does not belong."""
MARKUP = re.compile(r"</?(?:div|span|table|td|h1|script)\b[^<>]*>", re.IGNORECASE)
Mutation = Callable[[random.Random, bytes, bytes], bytes]


def flip(chance: random.Random, page: bytes, other: bytes) -> bytes:
    """Some bytes become others."""
    changed = bytearray(page)
    for _ in range(chance.randint(1, 40)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def insert(chance: random.Random, page: bytes, other: bytes) -> bytes:
    """Pieces of markup stand where they don't belong."""
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(page))
        page = page[:at] + chance.choice(PIECES) + page[at:]
    return page


def cut(chance: random.Random, page: bytes, other: bytes) -> bytes:
    """The page breaks off."""
    return page[: chance.randint(1, len(page))]


def drop(chance: random.Random, page: bytes, other: bytes) -> bytes:
    """A stretch is missing."""
    start = chance.randrange(len(page))
    return page[:start] + page[start + chance.randint(1, 5_000) :]


def repeat(chance: random.Random, page: bytes, other: bytes) -> bytes:
    """A stretch comes many times."""
    start = chance.randrange(len(page))
    stretch = page[start : start + chance.randint(1, 500)]
    return page[:start] + stretch * chance.randint(2, 60) + page[start:]


def splice(chance: random.Random, page: bytes, other: bytes) -> bytes:
    """The head of one page and the tail of another."""
    return page[: chance.randint(1, len(page))] + other[chance.randrange(len(other)) :]


def untag(chance: random.Random, page: bytes, other: bytes) -> bytes:
    """Some closing or opening tags are lost."""
    kind = chance.choice((rb"</[a-z0-9]+>", rb"<[a-z0-9]+[^>]{0,200}>"))
    share = chance.uniform(0.02, 0.5)
    return re.sub(kind, lambda tag: b"" if chance.random() < share else tag[0], page)


def recode(chance: random.Random, page: bytes, other: bytes) -> bytes:
    """Bytes in another charset than the page declares."""
    text = page.decode("utf-8", "replace")
    return text.encode(chance.choice(("utf-16", "utf-16-le", "cp1252", "cp1256", "utf-8-sig", "utf-7")), "replace")


MUTATIONS: tuple[Mutation, ...] = (flip, insert, cut, drop, repeat, splice, untag, recode)


def mutated(pages: list[bytes], seed: int) -> bytes:
    """The page of one seed: one to three mutations of one page."""
    chance = random.Random(seed)
    page = chance.choice(pages)
    for _ in range(chance.randint(1, 3)):
        page = chance.choice(MUTATIONS)(chance, page, chance.choice(pages)) or b" "
    return page


def faults_of(record: Record) -> Iterator[str]:
    """What no page may bring about."""
    if error := record.get("error"):
        if "the reader failed" in error or "deadline" in error or "ended" in error:
            yield error
        return
    body = record["body"]
    if found := MARKUP.search(body):
        yield f"markup in the body: {found[0]!r}"
    for visit in record["visits"]:
        for span in visit["evidence"]:
            source = record["headline"] if span.get("in") == "headline" else body
            if source[span["start"] : span["end"]] != span["text"]:
                yield f"evidence stands elsewhere: {span!r}"


def loaded(folders: list[Path]) -> list[bytes]:
    """The pages of the folders, unpacked."""
    found = sorted(
        path for folder in folders for path in folder.rglob("*") if re.search(r"\.html?(?:\.gz)?$", path.name)
    )
    return [gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in found]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pages", type=Path, action="append", metavar="FOLDER")
    parser.add_argument("--count", type=int, default=200_000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1, help="the first seed; each page has its own")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-broken"))
    chosen = parser.parse_args()
    pages = loaded(chosen.pages or [HERE.parent / "gold"])
    if not pages:
        parser.error("no .html page in these folders")
    began, outcomes = time.monotonic(), Counter[str]()
    seeds = range(chosen.seed, chosen.seed + chosen.count)
    with ReadingPool(jobs=chosen.jobs) as pool:
        tasks = (PageTask(id=str(seed), url="http://journal.example/a", data=mutated(pages, seed)) for seed in seeds)
        for record in read_stream(pool, tasks):
            faults = list(faults_of(record))
            outcomes["broken" if faults else "refused with a reason" if record.get("error") else "read"] += 1
            for fault in faults:
                chosen.keep.mkdir(exist_ok=True)
                (chosen.keep / f"{record['id']}.html").write_bytes(mutated(pages, int(record["id"])))
                sys.stdout.write(f"seed {record['id']}: {fault[:300]}\n")
            if outcomes.total() % 10_000 == 0:
                sys.stdout.write(f"{outcomes.total()} pages, {time.monotonic() - began:.0f} s: {dict(outcomes)}\n")
                sys.stdout.flush()
    sys.stdout.write(f"{outcomes.total()} mutated pages of {len(pages)}: {dict(outcomes)}\n")
    return 1 if outcomes["broken"] else 0


if __name__ == "__main__":
    sys.exit(main())
