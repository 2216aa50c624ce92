"""What came of the visit, as far as the text says that it happened?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extractors.records import Agreement, Outcome, Status
from extractors.text import Span, fold
from extractors.visits.agreements import find_agreements
from extractors.visits.document import Document
from extractors.visits.found import Found
from extractors.visits.messages import find_message
from extractors.visits.phrases import Pattern, Words, clause_around, compile_phrases, sentences_in, words_of
from extractors.visits.word_patterns import may_stand

_HAPPENED = ("under_way", "concluded")


@dataclass(frozen=True, slots=True)
class _Grammar:
    memorandum: Pattern
    told: tuple[tuple[Outcome, Pattern], ...]
    untold: Pattern
    relative: Pattern


@cache
def _grammar(words: Words) -> _Grammar:
    table = words.section("outcomes")
    told: tuple[Outcome, ...] = ("joint_communique", "invitation_extended", "committee_created")
    return _Grammar(
        memorandum=compile_phrases(table["memorandum"], words),
        told=tuple((outcome, compile_phrases(table[outcome], words)) for outcome in told),
        relative=compile_phrases(table["relatives"], words, glued=False),
        untold=compile_phrases(table["untold"], words),
    )


def find_outcomes(
    document: Document,
    spans: Sequence[Span],
    *,
    status: Status,
    agreements: Sequence[Found[Agreement]] | None = None,
) -> tuple[Found[Outcome], ...]:
    """The outcomes of a visit, each once, with the words that show it; a visit that has not begun has none.

    `agreements` spares a second look where `find_agreements` has read the same spans.
    """
    words = words_of(document.language)
    if words is None or status not in _HAPPENED:
        return ()
    grammar = _grammar(words)
    found: dict[Outcome, Found[Outcome]] = {}
    named = find_agreements(document, spans) if agreements is None else agreements
    for outcome in (
        *_signed(document, named, grammar),
        *_told(document, spans, grammar),
        *_message(document, spans),
        *_by_headline(document, spans, grammar),
    ):
        found.setdefault(outcome.value, outcome)
    return tuple(found.values())


def _signed(document: Document, agreements: Sequence[Found[Agreement]], grammar: _Grammar) -> Iterator[Found[Outcome]]:
    for agreement in agreements:
        text = document.folded[agreement.start : agreement.end]
        if agreement.value.status == "signed":
            value: Outcome = "mou_signed" if grammar.memorandum.search(text) else "agreement_signed"
            yield Found(value, agreement.start, agreement.end, "outcomes.agreement")


def _told(document: Document, spans: Sequence[Span], grammar: _Grammar) -> Iterator[Found[Outcome]]:
    likely = [(outcome, pattern) for outcome, pattern in grammar.told if may_stand(pattern, document.folded)]
    for sentence in sentences_in(document, spans) if likely else ():
        for outcome, pattern in likely:
            match = pattern.search(document.folded, sentence.start, sentence.end)
            if match and not _is_untold(document, match, sentence, grammar):
                yield Found(outcome, match.start(), match.end(), f"outcomes.{outcome}")


def _by_headline(document: Document, spans: Sequence[Span], grammar: _Grammar) -> Iterator[Found[Outcome]]:
    """A text that is itself the joint communiqué says so in its headline; its first sentence stands for it."""
    headline, first = fold(document.headline or ""), next(sentences_in(document, spans), None)
    for outcome, pattern in grammar.told:
        if outcome == "joint_communique" and first and pattern.match(headline):
            yield Found(outcome, first.start, first.end, "outcomes.headline")


def _is_untold(document: Document, match: re.Match[str], sentence: Span, grammar: _Grammar) -> bool:
    """True where the clause says that it is to come, was once, or is only wished; a relative clause doesn't count."""
    clause = clause_around(document, match.start(), match.end(), sentence)
    relative = grammar.relative.search(document.folded, match.end(), clause.end)
    return bool(grammar.untold.search(document.folded, clause.start, relative.start() if relative else clause.end))


def _message(document: Document, spans: Sequence[Span]) -> Iterator[Found[Outcome]]:
    message = find_message(document, spans)
    if message:
        yield Found("message_delivered", message.start, message.end, "outcomes.message")
