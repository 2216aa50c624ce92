"""Which way do the verbs of a text look? By whole paradigms of endings, for what no construction tells."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from extractors.text import Span
from extractors.visits.calendar_words import Calendar, load_calendar
from extractors.visits.document import Document

_AUXILIARY = 4
_PARTICIPLE = re.compile(r"\w{3,}é(?:e|s|es)?")
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


def lacks_accent(calendar: Calendar, folded: str, printed: str) -> bool:
    """Whether a word that only its accent would make a verb is printed without one."""
    return printed.isascii() and calendar.accented.fullmatch(folded) is not None


def looks_ahead(calendar: Calendar, verb: re.Match[str], text: str) -> bool | None:
    """Whether a form of `calendar.tense` looks ahead, not back: "arrivé" looks back where "arrive" does not; None where
    it is no verb: a name, a preposition before a name, "ministro", which is no verb without an accent."""
    printed = text[verb.start() : verb.end()]
    if is_name(text, verb.start()) or not (verb["future"] or is_auxiliary(text, verb.start())):
        return None
    if lacks_accent(calendar, verb.group(), printed):
        return None
    is_ahead = bool(verb["future"]) and not _PARTICIPLE.fullmatch(printed)
    return None if is_ahead and (verb.group() in calendar.not_future or printed.isupper()) else is_ahead


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
    told = ((verb.start(), looks_ahead(calendar, verb, text)) for verb in calendar.tense.finditer(folded))
    return tuple((at, is_ahead) for at, is_ahead in told if is_ahead is not None)
