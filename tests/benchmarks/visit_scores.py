"""Coded visits beside gold ones: which were found, which values are right, what the evidence shows.

Pure functions over records in the codebook's form; `visits.py` prints what they count.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from extractors.text import fold

Record = Mapping[str, Any]
Same = Callable[[Any, Any], bool]
_POLITE = {
    "m", "mme", "mr", "mrs", "ms", "dr", "sem", "se", "s", "e", "son", "excellence", "his", "her", "excellency", "general", "colonel",
    "cheikh", "sheikh", "sr", "sra",
}  # fmt: skip
_PARTICLES = {
    "el", "al", "ould", "ben", "bin", "ibn", "de", "da", "do", "dos", "van", "von", "der", "du", "des", "di", "the", "le", "la",
}  # fmt: skip


def words(text: object) -> list[str]:
    """The folded words of a text."""
    return re.findall(r"\w+", fold(str(text or "")))


def is_same_name(gold: str, read: str) -> bool:
    """The surname agrees and no given name contradicts; one bare name matches any that holds it."""
    a, b = ([w for w in words(n) if w not in _POLITE | _PARTICLES] for n in (gold, read))
    short, long = sorted((a, b), key=len)
    if not short:
        return not long
    if set(short) <= set(long):
        return True
    return len(set(short) & set(long)) >= 2 or (short[-1] == long[-1] and short[0][0] == long[0][0])


def is_close(gold: object, read: object) -> bool:
    """Six words in ten of the shorter text stand in the longer one."""
    a, b = set(words(gold)), set(words(read))
    return bool(a and b) and len(a & b) >= 0.6 * min(len(a), len(b))


def day_of(value: Any) -> str | None:
    """The ISO value of a visit's date, cut to its day."""
    told = value.get("value") if isinstance(value, Mapping) else value
    return told[:10] if told else None


@dataclass
class Counts:
    """Right, wrong and missing ones of one kind."""

    right: int = 0
    wrong: int = 0
    missing: int = 0
    wanted: int = 0
    """Values that the gold tells."""

    def add(self, right: int, wrong: int, missing: int, *, wanted: int | None = None) -> None:
        self.right, self.wrong, self.missing = self.right + right, self.wrong + wrong, self.missing + missing
        self.wanted += right + missing if wanted is None else wanted

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missing) if self.right + self.missing else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True)
class Comparison:
    """One article: gold and read visits that are the same event, and those left over."""

    gold: Record
    read: Record
    pairs: tuple[tuple[Record, Record], ...]
    missed: tuple[Record, ...]
    extra: tuple[Record, ...]


@dataclass
class Scores:
    """Everything that is counted over a set of articles."""

    articles: int = 0
    decision: Counts = field(default_factory=Counts)
    events: Counts = field(default_factory=Counts)
    fields: dict[str, Counts] = field(default_factory=dict)
    empty: dict[str, Counts] = field(default_factory=dict)
    """Of the values that the gold leaves empty: left empty, or filled."""
    spans: Counts = field(default_factory=Counts)
    sure: list[tuple[float, bool]] = field(default_factory=list)
    """Confidence of each returned visit, and whether it is an event of the gold."""

    @property
    def brier(self) -> float | None:
        return sum((c - ok) ** 2 for c, ok in self.sure) / len(self.sure) if self.sure else None


def compare(gold: Record, read: Record) -> Comparison:
    """Pairs the best agreeing visits first; an incidental one of the gold only takes what is left over."""
    free_gold = [v for v in gold["visits"] if v.get("qualifies", True)]
    returned = list(read.get("visits") or [])
    aside = next((v for v in returned if v.get("salience") == "incidental"), None)
    free_read = [v for v in returned if v is not aside]
    pairs: list[tuple[Record, Record]] = []
    for is_incidental in (False, True):
        level = [v for v in free_gold if (v["salience"] == "incidental") == is_incidental]
        for g, r in _best_first(level, free_read):
            if any(g is x for x in free_gold) and any(r is x for x in free_read):
                free_gold = [x for x in free_gold if x is not g]
                free_read = [x for x in free_read if x is not r]
                if not is_incidental:
                    pairs.append((g, r))
    missed = tuple(v for v in free_gold if v["salience"] != "incidental")
    return Comparison(gold, read, tuple(pairs), missed, tuple(free_read))


def _best_first(gold: Sequence[Record], read: Sequence[Record]) -> list[tuple[Record, Record]]:
    able = [(g, r) for g, r in itertools.product(gold, read) if _can_be_one(g, r)]
    return sorted(able, key=lambda pair: _agreement(*pair), reverse=True)


def _can_be_one(gold: Record, read: Record) -> bool:
    wanted = (gold["visitor_country"], gold["host_country"])
    told = (read.get("visitor_country"), read.get("host_country"))
    if None not in wanted:
        return wanted == told
    known = {c for c in wanted if c}
    if known:
        return known <= set(told)
    return bool(gold.get("visitor_name")) and is_same_name(gold["visitor_name"], read.get("visitor_name") or "")


def _agreement(gold: Record, read: Record) -> float:
    names = gold.get("visitor_name") and read.get("visitor_name")
    same_name = bool(names) and is_same_name(gold["visitor_name"], read["visitor_name"])
    same = sum(w * (gold.get(k) == read.get(k)) for k, w in (("visitor_office", 4), ("status", 2)))
    return 8 * same_name + same + _nearness(day_of(gold.get("start_on")), day_of(read.get("start_on")))


def _nearness(a: str | None, b: str | None) -> float:
    try:
        days = abs((date.fromisoformat(a or "") - date.fromisoformat(b or "")).days)
    except ValueError:
        return 0.0
    return 1.5 if days <= 1 else 1.0 if days <= 7 else 0.0


def _equal(gold: Any, read: Any) -> bool:
    return bool(gold == read)


_ONE: Mapping[str, tuple[Callable[[Record], Any], Same]] = {
    "visitor_office": (lambda v: v.get("visitor_office"), _equal),
    "host_office": (lambda v: v.get("host_office"), _equal),
    "kind": (lambda v: v.get("kind"), _equal),
    "status": (lambda v: v.get("status"), _equal),
    "salience": (lambda v: v.get("salience"), _equal),
    "occasion": (lambda v: v.get("occasion"), _equal),
    "visitor_name": (lambda v: v.get("visitor_name"), is_same_name),
    "host_name": (lambda v: v.get("host_name"), is_same_name),
    "start_on": (lambda v: day_of(v.get("start_on")), _equal),
    "end_on": (lambda v: day_of(v.get("end_on")), _equal),
    "message_from": (lambda v: v.get("message_from"), is_same_name),
    "committee": (lambda v: (v.get("committee") or {}).get("name"), is_close),
    "session_number": (lambda v: (v.get("committee") or {}).get("session_number"), is_close),
    "previous_session": (lambda v: _previous(v), is_close),
}
_MANY: Mapping[str, Same] = {
    "cities": lambda a, b: words(a) == words(b), "topics": _equal, "outcomes": _equal, "delegation": is_same_name,
    "agreements": is_close,
}  # fmt: skip


def _previous(visit: Record) -> str | None:
    told = (visit.get("committee") or {}).get("previous") or {}
    return " ".join(str(v) for v in told.values() if v) or None


def score(pairs: Iterable[tuple[Record, Record]]) -> Scores:
    """The scores of (gold record, read record) pairs, one an article."""
    total = Scores()
    for gold, read in pairs:
        total.articles += 1
        seen = compare(gold, read)
        total.events.add(len(seen.pairs), len(seen.extra), len(seen.missed))
        _decide(total.decision, bool(gold["is_visit"]), bool(read.get("is_visit")))
        for g, r in seen.pairs:
            _score_fields(total, g, r)
        _score_evidence(total, seen)
        _score_lists(total, gold, read)
    return total


def _decide(counts: Counts, gold: bool, said: bool) -> None:
    counts.add(gold and said, said and not gold, gold and not said)


def _score_fields(total: Scores, gold: Record, read: Record) -> None:
    for name, (value_of, same) in _ONE.items():
        wanted, told = value_of(gold), value_of(read)
        if wanted:
            ok = bool(told) and same(wanted, told)
            total.fields.setdefault(name, Counts()).add(ok, bool(told) and not ok, not ok, wanted=1)
        else:
            total.empty.setdefault(name, Counts()).add(not told, bool(told), 0)
    for name, same in _MANY.items():
        counts = total.fields.setdefault(name, Counts())
        counts.add(*_overlap(_texts(gold.get(name)), _texts(read.get(name)), same))


def _texts(values: Iterable[Any] | None) -> list[str]:
    return [v if isinstance(v, str) else v.get("text") or v.get("name") for v in values or ()]


def _overlap(gold: Sequence[str], read: Sequence[str], same: Same) -> tuple[int, int, int]:
    free, hits = list(dict.fromkeys(read)), 0
    wanted = list(dict.fromkeys(gold))
    for value in wanted:
        match = next((other for other in free if same(value, other)), None)
        if match is not None:
            free.remove(match)
            hits += 1
    return hits, len(free), len(wanted) - hits


def _score_evidence(total: Scores, seen: Comparison) -> None:
    for visit in seen.read.get("visits") or ():
        spans = visit.get("evidence") or ()
        good = [is_exact(seen.read, span) for span in spans]
        shown = any(ok and span["field"] == "visit" for ok, span in zip(good, spans, strict=True))
        total.spans.add(sum(good), len(good) - sum(good), not shown)
        if visit.get("salience") != "incidental" and visit.get("confidence") is not None:
            total.sure.append((float(visit["confidence"]), any(visit is r for _, r in seen.pairs)))


def is_exact(article: Record, span: Record) -> bool:
    """Whether the span is cut from the text verbatim, at the offsets that it gives, 10 to 400 characters long."""
    source = article.get("headline" if span.get("in") == "headline" else "body") or ""
    return source[span["start"] : span["end"]] == span["text"] and 10 <= len(span["text"]) <= 400


def _score_lists(total: Scores, gold: Record, read: Record) -> None:
    """Article-level lists that the gold tells only where it was asked to."""
    for name in ("other_people", "quotations"):
        if gold.get(name) is not None:
            same = is_same_name if name == "other_people" else is_close
            counts = total.fields.setdefault(name, Counts())
            counts.add(*_overlap(_texts(gold[name]), _texts(read.get(name)), same))


def reliability(sure: Sequence[tuple[float, bool]], steps: int = 5) -> list[tuple[str, int, float, float]]:
    """(range, visits, mean confidence, share right) for each step of confidence that occurs."""
    rows = []
    for step in range(steps):
        low, high = step / steps, (step + 1) / steps
        inside = [(c, ok) for c, ok in sure if low <= c < high or (high == 1 and c == 1)]
        if inside:
            told = sum(c for c, _ in inside) / len(inside)
            rows.append((f"{low:.1f}-{high:.1f}", len(inside), told, sum(ok for _, ok in inside) / len(inside)))
    return rows
