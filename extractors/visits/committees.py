"""Which joint commission meets on this visit, in which session, and when did it meet before?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extractors.records import Committee, PreviousSession
from extractors.text import Span
from extractors.visits.branches import closing
from extractors.visits.document import Document
from extractors.visits.found import Found
from extractors.visits.phrases import (
    Pattern,
    Words,
    any_source,
    clause_around,
    compile_phrases,
    folded_source,
    sentences_in,
    words_of,
)
from extractors.visits.word_patterns import beginnings, may_stand, word_pattern

_BESIDE = 60
_YEAR = re.compile(r"(?:19|20)\d\d")
_ROMAN = re.compile(r"([ivxl]+)(?:e|eme|ieme|ere)?")


@dataclass(frozen=True, slots=True)
class _Grammar:
    name: Pattern
    of_session: Pattern
    """A body that only the number of its session makes one: "the third session of the dialogue …"."""
    meets: Pattern
    only_planned: Pattern
    numbered: Pattern
    before: Pattern
    session: Pattern
    core: Pattern
    """What stands in every name: the quick look before `name`."""
    sitting: Pattern
    """Words for a session alone."""
    held: Pattern
    date: Pattern
    place: Pattern


@cache
def _grammar(words: Words) -> _Grammar:
    table = words.section("committees")
    number, session = any_source(table["numbers"]), any_source(table["sessions"])
    head, more = any_source(table["heads"]), any_source(table["continuations"])
    orders = [o.replace("NUMBER", f"(?:{number})").replace("SESSION", f"(?:{session})") for o in table["numbered"]]
    heads, sessions = (tuple(map(folded_source, table[name])) for name in ("heads", "sessions"))
    clitics, number_of = folded_source(words.clitics), "|".join(_numbered(o) for o in orders)
    name, any_session = rf"(?P<name>(?:{head})(?!\w)(?:{more})*)", rf"(?:{session}|{head})(?!\w)"
    return _Grammar(
        of_session=re.compile(
            rf"(?<![\w-])(?:{clitics})(?:{number_of})(?:{any_source(table['of'])})"
            rf"(?P<name>(?:{any_source(table['bodies'])})(?!\w)(?:{more})*)"
        ),
        name=word_pattern(rf"(?<!\w)(?:{clitics}){name}", heads, clitics, words.language),
        meets=compile_phrases(table["meets"], words),
        only_planned=compile_phrases(table["only_planned"], words),
        numbered=re.compile(rf"(?<![\w-])(?:{clitics})(?:{number_of})"),
        before=compile_phrases(table["previous"], words),
        session=word_pattern(rf"(?<!\w)(?:{clitics}){any_session}", (*sessions, *heads), clitics, words.language),
        core=word_pattern(
            rf"(?<!\w)(?:{clitics})(?:{'|'.join(map(_core, heads))})", map(_core, heads), clitics, words.language
        ),
        sitting=word_pattern(rf"(?<!\w)(?:{clitics})(?:{session})(?!\w)", sessions, clitics, words.language),
        held=compile_phrases(table["held"], words),
        date=re.compile(rf"(?<!\w)(?:{clitics})(?P<date>{any_source(table['dates'])})(?!\w)"),
        place=re.compile(rf"(?<![\w'-]){_place(table['places'], table['capitals'])}"),
    )


def _core(head: str) -> str:
    """A name's pattern without the open list of words with which it may begin: "(?:[a-z]+-[a-z]+ )?joint …"."""
    while beginnings(head) is None and head.startswith("(?:") and head.startswith("?", closing(head)):
        head = head[closing(head) + 1 :]
    return f"(?:{head})"


def _numbered(order: str) -> str:
    """An order of words; its number is marked `<…>`, and each order gets a group of its own."""
    return order.replace("<", "(").replace(">", ")")


def _place(openings: Sequence[str], capitals: bool) -> str:
    """A place behind its preposition: up to three words in capitals, or one where a script has none."""
    if not capitals:
        return rf"(?:{'|'.join(openings)})(?P<place>[\w-]+)"
    word = r"[^\W\d_a-zß-öø-ÿ][\w’'-]+"
    return rf"(?:{'|'.join(openings)})(?P<place>{word}(?:(?: (?:el|de|al|da|do|di) | |-){word}){{0,2}})"


def find_committee(document: Document, spans: Sequence[Span]) -> Found[Committee] | None:
    """The joint commission that meets on the visit: its name and session number as printed, and the session before.

    A commission that is only planned or created is none. The support is its name.
    """
    words = words_of(document.language)
    if words is None:
        return None
    grammar = _grammar(words)
    if not (may_stand(grammar.core, document.folded) or may_stand(grammar.sitting, document.folded)):
        return None
    sentences = tuple(sentences_in(document, spans))
    named = _named(document, sentences, grammar, words)
    if named is None:
        return _nameless(document, sentences, grammar)
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


def _nameless(document: Document, sentences: Sequence[Span], grammar: _Grammar) -> Found[Committee] | None:
    """ "Cette session, qui fait suite à celle tenue à Alger": no name is printed, but the session before is told."""
    for sentence in sentences:
        cue = grammar.before.search(document.folded, *sentence)
        session = grammar.session.search(document.folded, *sentence) if cue else None
        if session and cue and session.end() <= cue.start():
            previous = _place_and_date(document, Span(cue.start(), sentence.end), grammar)
            if previous and previous.place and previous.date_text:
                return Found(Committee(None, None, previous), session.start(), session.end(), "committees.before")
    return None


def _named(document: Document, sentences: Sequence[Span], grammar: _Grammar, words: Words) -> Span | None:
    """The fullest form of the commission's name among the sentences that say that it meets."""
    names: list[Span] = []
    for sentence in sentences:
        has_core = grammar.core.search(document.folded, *sentence) is not None
        found = [*grammar.name.finditer(document.folded, *sentence)] if has_core else []
        if found or grammar.sitting.search(document.folded, *sentence):
            found += grammar.of_session.finditer(document.folded, *sentence)
        if not found or grammar.only_planned.search(document.folded, *sentence):
            continue
        is_past = bool(grammar.before.search(document.folded, *sentence) or _earlier_date(document, sentence, grammar))
        meets = not is_past and bool(grammar.meets.search(document.folded, *sentence))
        for match in found:
            if meets or _is_numbered(document, match, grammar):
                names.append(Span(words.opening(document.folded, match.start("name")), match.end("name")))
    return max(names, key=lambda span: (span.end - span.start, -span.start), default=None)


def _is_numbered(document: Document, name: re.Match[str], grammar: _Grammar) -> bool:
    """True where the number of a session stands right before a name: that session is the one told of."""
    return bool(grammar.numbered.search(document.folded, max(0, name.start("name") - _BESIDE), name.end()))


def _number(document: Document, sentences: Sequence[Span], grammar: _Grammar) -> str | None:
    """The session's number as printed; that of an earlier session is not it."""
    for sentence in sentences:
        for number in _numbers(document, sentence, grammar):
            clause = clause_around(document, number.start, number.end, sentence)
            if not grammar.before.search(document.folded, clause.start, clause.end):
                return document.text[number.start : number.end]
    return None


def _numbers(document: Document, sentence: Span, grammar: _Grammar) -> Iterator[Span]:
    """The session numbers of a sentence; Roman ones only in capitals."""
    for match in grammar.numbered.finditer(document.folded, sentence.start, sentence.end):
        number = Span(*match.span(match.lastindex or 0))
        roman = _ROMAN.fullmatch(document.folded, number.start, number.end)
        if not roman or document.text[roman.start(1) : roman.end(1)].isupper():
            yield number


def _previous(document: Document, sentences: Sequence[Span], grammar: _Grammar) -> PreviousSession | None:
    """Place and date of the session before: behind words that point back, else of one held in an earlier year."""
    for sentence in sentences:
        cue = grammar.before.search(document.folded, *sentence)
        if cue and (found := _place_and_date(document, Span(cue.start(), sentence.end), grammar)):
            return found
    for sentence in sentences:
        if grammar.held.search(document.folded, *sentence) and grammar.session.search(document.folded, *sentence):
            date = _earlier_date(document, sentence, grammar)
            if date:
                return _place_and_date(document, sentence, grammar, date)
    return None


def _place_and_date(
    document: Document, span: Span, grammar: _Grammar, date: Span | None = None
) -> PreviousSession | None:
    match = grammar.date.search(document.folded, *span)
    date = date or (Span(*match.span("date")) if match else None)
    dates = [found.span() for found in grammar.date.finditer(document.folded, *span)]
    places = [
        place
        for place in grammar.place.finditer(document.text, *span)
        if not any(start < place.end("place") and place.start("place") < end for start, end in dates)
    ]
    place = min(places, key=lambda p: abs(p.start() - (date.start if date else span.start)), default=None)
    if not date and not place:
        return None
    return PreviousSession(place["place"] if place else None, document.text[date.start : date.end] if date else None)


def _earlier_date(document: Document, sentence: Span, grammar: _Grammar) -> Span | None:
    """A date of the sentence that prints a year before that of the publication."""
    for match in grammar.date.finditer(document.folded, *sentence):
        year = _YEAR.search(match["date"])
        if year and document.published_on and year[0] < document.published_on[:4]:
            return Span(*match.span("date"))
    return None
