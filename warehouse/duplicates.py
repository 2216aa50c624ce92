"""Same dispatch, many papers: texts that are identical, cut, reordered or enlarged are linked, the original named.

Four-word sequences find the candidates in SQL (`sketch_texts`, `likely_pairs`); every one is then compared word by word
here. That two forms are filled in alike is no reason: where names or numbers were exchanged between words that stayed,
the texts are two. No library: those for MinHash bring numpy and scipy (50 MB), and compare whole texts where a dispatch
is a part of one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice, pairwise
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.load import with_rows, with_table
from warehouse.statements import statement

LEAST_WORDS = 30
"""Shorter texts are formulas more often than dispatches."""
LEAST_SHARE = 0.5
"""Of the shorter text's sequences that stand in the longer one."""
_FOUR = 4
LEAST_PART = 0.25
"""Of the longer text's sequences that stand in the shorter one: a round-up of many dispatches is none of them."""
_SLOT_WORDS = 6
"""Words that were exchanged for others in one place; longer ones are passages."""
_LONGEST_RUN = 12
"""Sequences in a row that a copy keeps at least once: a passage of fifteen words."""
_SKETCH_CHUNK, _PAIR_CHUNK = 5_000, 5_000
_WORD = re.compile(r"\w+")
_DAYLESS = date.max
_TIMELESS = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Text:
    """A body as words: folded, and as printed."""

    words: tuple[str, ...]
    printed: tuple[str, ...]
    fours: tuple[tuple[str, ...], ...]


def text_of(body: str) -> Text:
    """The words of a body and their sequences of four."""
    printed = tuple(_WORD.findall(body))
    words = tuple(word.casefold() for word in printed)
    return Text(words, printed, tuple(zip(words, words[1:], words[2:], words[3:], strict=False)))


def similarity(one: Text, other: Text) -> float | None:
    """The share of the shorter text's sequences that the longer has too; None where they are two texts."""
    short, long = sorted((one, other), key=lambda text: len(text.fours))
    if len(short.words) < LEAST_WORDS:
        return None
    known = set(long.fours)
    is_known = [four in known for four in short.fours]
    share = sum(is_known) / len(is_known)
    if share < LEAST_SHARE or sum(is_known) < LEAST_PART * len(long.fours) or _longest(is_known) < _LONGEST_RUN:
        return None
    return None if _is_form(short, long, is_known) else share


def _longest(flags: Sequence[bool]) -> int:
    best = run = 0
    for flag in flags:
        run = run + 1 if flag else 0
        best = max(best, run)
    return best


def _is_form(short: Text, long: Text, is_known: Sequence[bool]) -> bool:
    """Whether names or numbers were exchanged in a form that stayed: at least two, and one in eighty words or more."""
    elsewhere = set(long.words)
    slots = [
        (start, end)
        for start, end in _gaps(is_known)
        if start > 0 and end < len(is_known) and end - start < _SLOT_WORDS + _FOUR
    ]
    # the words of a gap that are not at all in the other text, behind the three that the sequence before it shares
    exchanged = sum(
        any(_is_telling(short.printed[n]) and short.words[n] not in elsewhere for n in range(start + _FOUR - 1, end))
        for start, end in slots
    )
    return exchanged >= 2 and exchanged * 80 > len(short.words)


def _gaps(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """(start, end) of every unbroken row of False."""
    borders = [0, *(n for n in range(1, len(flags)) if flags[n] != flags[n - 1]), len(flags)]
    yield from ((start, end) for start, end in pairwise(borders) if start < len(flags) and not flags[start])


def _is_telling(word: str) -> bool:
    """A name or a number; where letters have no case, any word may be a name."""
    return word[0].isdigit() or word[0].isupper() or word.lower() == word.upper()


def forget_texts(connection: duckdb.DuckDBPyConnection) -> None:
    """Takes out what rests on texts that are no longer current, so that they are compared anew. The caller holds a
    transaction of its own for it: DuckDB lets no key be deleted and inserted in one."""
    connection.execute(statement("forget_sketches"))


def link_texts(connection: duckdb.DuckDBPyConnection) -> int:
    """Compares the texts that are new or changed with those printed around them, and makes `same_texts` anew; gives its
    rows. The caller holds the transaction."""
    fresh = list(_sketched(connection))
    if fresh:
        ids = pa.table({"article_id": pa.array(fresh, pa.string())})
        likely = iter(with_table(connection, "fresh", ids, "likely_pairs", {"least_words": LEAST_WORDS}))
        while chunk := list(islice(likely, _PAIR_CHUNK)):
            pairs = list(_compared(connection, chunk))
            if pairs:
                with_rows(connection, "text_pairs", pairs, "load_text_pairs")
    rows = _grouped(connection)
    with_rows(connection, "same_texts", rows, "replace_same_texts")
    return len(rows)


def _sketched(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    while rows := connection.execute(statement("sketch_texts"), {"limit": _SKETCH_CHUNK}).fetchall():
        yield from (id for (id,) in rows)


def _compared(connection: duckdb.DuckDBPyConnection, pairs: Sequence[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    ids = sorted({id for pair in pairs for id in pair})
    wanted = pa.table({"article_id": pa.array(ids, pa.string())})
    texts = {id: text_of(body or "") for id, body in with_table(connection, "wanted_texts", wanted, "texts_of")}
    for one, other in pairs:
        share = similarity(texts[one], texts[other])
        if share is not None:
            yield {"article_id": one, "other_id": other, "similarity": round(share, 3)}


def _grouped(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The rows of `same_texts`: what hangs together by pairs is one group."""
    pairs = connection.execute(statement("text_pairs")).fetchall()
    parents: dict[str, str] = {}

    def root(id: str) -> str:
        while (parent := parents.setdefault(id, id)) != id:
            parents[id] = id = parents[parent]
        return id

    best: dict[str, float] = defaultdict(float)
    for one, other, share in pairs:
        low, high = sorted((root(one), root(other)))
        parents[high] = low
        best[one], best[other] = max(best[one], share), max(best[other], share)
    facts = {
        row["article_id"]: row for row in connection.execute(statement("paired_articles")).to_arrow_table().to_pylist()
    }
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for id in sorted(best):
        groups[root(id)].append(facts[id])
    return [row for group, members in groups.items() for row in _rows(group, members, best)]


def _rows(group: str, members: list[dict[str, Any]], best: Mapping[str, float]) -> Iterator[dict[str, Any]]:
    original, basis, agency = likely_original(members)
    for member in members:
        is_original = member is original
        yield {
            "article_id": member["article_id"],
            "group_id": group,
            "similarity": best[member["article_id"]],
            "is_likely_original": is_original,
            "basis": basis if is_original else None,
            "signed_by": agency,
        }


def likely_original(members: Sequence[dict[str, Any]]) -> tuple[dict[str, Any], str, str | None]:
    """The article from which the others of a group are likely taken, why, and the agency that they sign with."""
    signed = [member["agency"] for member in members if member["agency"]]
    agency = max(sorted(set(signed)), key=signed.count) if signed else None
    in_time = sorted(members, key=_time)
    own = [member for member in in_time if any(_is_of(member, name) for name in signed)]
    if own:
        return own[0], "agency_signature", agency
    day = in_time[0]["published_on"] or _DAYLESS
    first = [member for member in in_time if (member["published_on"] or _DAYLESS) == day]
    if len(first) == 1:
        return first[0], "published_first", agency
    if all(member["published_at"] for member in first) and first[0]["published_at"] < first[1]["published_at"]:
        return first[0], "published_first", agency
    of_agencies = [member for member in first if member["kind"] == "press_agency"]
    if len(of_agencies) == 1:
        return of_agencies[0], "press_agency", agency
    by_length = sorted(first, key=lambda member: -(member["length"] or 0))
    if by_length[0]["length"] != by_length[1]["length"]:
        return by_length[0], "longest_text", agency
    return min(first, key=lambda member: (member["first_captured_at"], member["article_id"])), "captured_first", agency


def _time(member: Mapping[str, Any]) -> tuple[Any, ...]:
    return (
        member["published_on"] or _DAYLESS,
        member["published_at"] or _TIMELESS,
        member["first_captured_at"],
        member["article_id"],
    )


def _is_of(member: Mapping[str, Any], agency: str) -> bool:
    """Whether the article's source is the agency: by its short name, or by its title or a word of it."""
    wanted = [word.casefold() for word in _WORD.findall(agency)]
    title = [word.casefold() for word in _WORD.findall(member["title"] or "")]
    short = (member["source"] or "").partition("_")[2].casefold()
    return bool(wanted) and ("_".join(wanted) == short or wanted == title or (len(wanted) == 1 and wanted[0] in title))
