"""Which way do the verbs of a text look? By whole paradigms of endings, for what no construction tells."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from extractors.text import Span
from extractors.visits.calendar_words import load_calendar
from extractors.visits.document import Document

_AUXILIARY = 4
_PARTICIPLE = re.compile(r"\w{3}é(?:e|s|es)?$")
_OPENERS = '.!?:;\n¿¡«»"“”—–-'


_PREPOSITION = re.compile(r"[àÀ]\s|A\s+[^\W\d_a-zß-öø-ÿ]|a\s+[^\W\d_a-zß-öø-ÿ]")
"""What folded looks like an auxiliary with its participle, and is a preposition with its town: "à Lomé"."""


def is_auxiliary(text: str, at: int) -> bool:
    """Whether what begins there, read as a verb of the past, is one and no preposition before a name."""
    return _PREPOSITION.match(text, at) is None


def is_name(text: str, at: int) -> bool:
    """Whether the word there has a capital within a sentence: "Tavolara", "May", "Mohammed" are no verbs."""
    if not text[at : at + 1].isupper() or text[at + 1 : at + 2].isupper():
        return False
    before = text[max(0, at - 4) : at].rstrip(" ")
    return bool(before) and before[-1] not in _OPENERS


def share_ahead(document: Document, spans: Sequence[Span]) -> float | None:
    """The share of those verbs in these spans that look ahead, not back; None where there are none."""
    verbs = _verbs(document.text, document.folded, document.language or "")
    told: list[bool] = []
    for start, end in set(spans):  # sentences, which share no verb
        first = bisect_left(verbs, (start,))
        told += [is_ahead for _, is_ahead in verbs[first : bisect_left(verbs, (end,), first)]]
    return sum(told) / len(told) if told else None


def looks_back(document: Document, span: Span) -> bool:
    """Whether a verb in this span, or an auxiliary just before it, looks back."""
    verbs = _verbs(document.text, document.folded, document.language or "")
    return any(not is_ahead and span.start - _AUXILIARY <= at < span.end for at, is_ahead in verbs)


@lru_cache(maxsize=4)
def _verbs(text: str, folded: str, language: str) -> tuple[tuple[int, bool], ...]:
    """Where a verb stands, and whether it looks ahead: "arrivé" looks back where "arrive" does not."""
    calendar = load_calendar(language)
    if calendar is None:
        return ()
    found = []
    for verb in calendar.tense.finditer(folded):
        if not is_auxiliary(text, verb.start()) or is_name(text, verb.start()):
            continue
        printed = text[verb.start() : verb.end()]
        is_ahead = bool(verb["future"]) and not _PARTICIPLE.search(printed)
        if is_ahead and (verb.group() in calendar.not_future or printed.isupper()):
            continue
        found.append((verb.start(), is_ahead))
    return tuple(found)
