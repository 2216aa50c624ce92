"""Which joint commission meets on this visit, in which session, and when did it meet before?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extractors.records import Committee, PreviousSession
from extractors.text import Span
from extractors.visits.document import Document
from extractors.visits.found import Found
from extractors.visits.phrases import (
    Words,
    any_source,
    clause_around,
    compile_phrases,
    folded_source,
    sentences_in,
    words_of,
)


@dataclass(frozen=True, slots=True)
class _Grammar:
    name: re.Pattern[str]
    meets: re.Pattern[str]
    only_planned: re.Pattern[str]
    numbered: re.Pattern[str]
    before: re.Pattern[str]
    date: re.Pattern[str]
    place: re.Pattern[str]


@cache
def _grammar(words: Words) -> _Grammar:
    table = words.section("committees")
    number, session = any_source(table["numbers"]), any_source(table["sessions"])
    head, more = any_source(table["heads"]), any_source(table["continuations"])
    orders = [o.replace("NUMBER", f"(?:{number})").replace("SESSION", f"(?:{session})") for o in table["numbered"]]
    clitics = folded_source(words.clitics)
    return _Grammar(
        name=re.compile(rf"(?<!\w)(?:{clitics})(?P<name>(?:{head})(?!\w)(?:{more})*)"),
        meets=compile_phrases(table["meets"], words.clitics),
        only_planned=compile_phrases(table["only_planned"], words.clitics),
        numbered=re.compile(rf"(?<![\w-])(?:{clitics})(?:{'|'.join(_numbered(o) for o in orders)})"),
        before=compile_phrases(table["previous"], words.clitics),
        date=re.compile(rf"(?<!\w)(?:{folded_source(words.clitics)})(?P<date>{any_source(table['dates'])})(?!\w)"),
        place=re.compile(rf"(?<![\w'-]){_place(table['places'], table['capitals'])}"),
    )


def _numbered(order: str) -> str:
    """An order of words; its number is marked `<…>`, and each order gets a group of its own."""
    return order.replace("<", "(").replace(">", ")")


def _place(openings: Sequence[str], capitals: bool) -> str:
    word = r"[^\W\d_a-zß-öø-ÿ][\w’'-]+" if capitals else r"[\w-]+"
    return (
        rf"(?:{'|'.join(openings)})(?P<place>{word}(?:(?: (?:el|de|al|da|do|di) | |-){word}){{0,2}})"
        if capitals
        else (rf"(?:{'|'.join(openings)})(?P<place>{word})")
    )


def find_committee(document: Document, spans: Sequence[Span]) -> Found[Committee] | None:
    """The joint commission that meets on the visit: its name and session number as printed, and the session before.

    A commission that is only planned or created is none. The support is its name.
    """
    words = words_of(document.language)
    if words is None:
        return None
    grammar = _grammar(words)
    sentences = tuple(sentences_in(document, spans))
    named = _named(document, sentences, grammar, words)
    if named is None:
        return None
    return Found(
        Committee(
            document.text[named.start : named.end],
            _number(document, sentences, grammar),
            _previous(document, sentences, grammar),
        ),
        named.start,
        named.end,
        "committees.session",
    )


def _named(document: Document, sentences: Sequence[Span], grammar: _Grammar, words: Words) -> Span | None:
    """The fullest form of the commission's name among the sentences that say that it meets."""
    names: list[Span] = []
    for sentence in sentences:
        if not grammar.meets.search(document.folded, sentence.start, sentence.end):
            continue
        for match in grammar.name.finditer(document.folded, sentence.start, sentence.end):
            clause = clause_around(document, match.start(), match.end(), sentence)
            refused = grammar.only_planned.search(document.folded, sentence.start, sentence.end)
            if not refused and not grammar.before.search(document.folded, clause.start, clause.end):
                names.append(Span(words.opening(document.folded, match.start("name")), match.end("name")))
    return max(names, key=lambda span: (span.end - span.start, -span.start), default=None)


def _number(document: Document, sentences: Sequence[Span], grammar: _Grammar) -> str | None:
    """The session's number as printed; that of an earlier session is not it."""
    for sentence in sentences:
        for match in grammar.numbered.finditer(document.folded, sentence.start, sentence.end):
            clause = clause_around(document, match.start(), match.end(), sentence)
            if not grammar.before.search(document.folded, clause.start, clause.end):
                return document.text[match.start(match.lastindex or 0) : match.end(match.lastindex or 0)]
    return None


def _previous(document: Document, sentences: Sequence[Span], grammar: _Grammar) -> PreviousSession | None:
    for sentence in sentences:
        cue = grammar.before.search(document.folded, sentence.start, sentence.end)
        if cue is None:
            continue
        date = grammar.date.search(document.folded, cue.end(), sentence.end)
        place = grammar.place.search(document.text, cue.end(), sentence.end)
        if date or place:
            return PreviousSession(
                place["place"] if place else None,
                document.text[date.start("date") : date.end("date")] if date else None,
            )
    return None
