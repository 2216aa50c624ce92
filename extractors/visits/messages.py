"""Whose letter or message is delivered on this visit?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extractors.text import Span, fold
from extractors.visits.document import Document
from extractors.visits.found import Found
from extractors.visits.names import names_in
from extractors.visits.phrases import NEVER, Pattern, Words, any_source, compile_phrases, sentences_in, words_of
from extractors.visits.word_patterns import may_stand

_LONGEST, _NAME = 240, 60
_STOPS = ' .»”"'
_COMMA = re.compile(r"[,،]")


@dataclass(frozen=True, slots=True)
class _Grammar:
    carried: Pattern
    message: Pattern
    sender: Pattern
    addressee: Pattern
    envoy: Pattern
    sends: re.Pattern[str]
    """What whoever sends a message does before it: "a adressé un"."""
    of: re.Pattern[str]
    """Between a message and the name of its sender."""
    titled: re.Pattern[str]
    """Behind such a name: his office."""
    kin: re.Pattern[str]
    """Who is called neither by name nor by office: "son frère"."""


@cache
def _grammar(words: Words) -> _Grammar:
    table = words.section("messages")
    sender = rf"(?:{any_source(table['of'])})(?={any_source(table['offices'])})"
    return _Grammar(
        carried=compile_phrases(table["carried"], words),
        message=compile_phrases(table["messages"], words),
        sender=re.compile(rf"(?<!\w)(?:{sender})") if table["of"] else NEVER,
        addressee=re.compile(rf"(?<!\w)(?:{any_source(table['addressees'])})(?!\w)|[;:!?()؛؟]"),
        envoy=compile_phrases(table["envoys"], words),
        sends=re.compile(
            rf"(?<!\w)(?:{any_source(table['sends'])})(?: \w+){{0,4}}? (?:{any_source(table['messages'])})"
        ),
        of=re.compile(rf"(?:[ ,]+\w+){{0,3}}?[ ,]*(?:{any_source(table['of'])})[ ']?"),
        titled=re.compile(rf",? (?:{any_source(table['offices'])})"),
        kin=re.compile(any_source(table["kin"])),
    )


def find_message(document: Document, spans: Sequence[Span], bearer: str | None = None) -> Found[str] | None:
    """The one whose letter or message the visitor carries: the name as printed, or the title where no name stands.

    The support is the stretch from the message to its sender. `bearer` is the visitor's name, which stands behind the
    sender's title as an apposition to his own ("l'envoyé spécial du président, X").
    """
    words = words_of(document.language)
    if words is None:
        return None
    grammar = _grammar(words)
    if not may_stand(grammar.carried, document.folded):
        return None
    sentences = tuple(sentences_in(document, spans))
    carried = tuple(bool(grammar.carried.search(document.folded, *sentence)) for sentence in sentences)
    if not any(carried):
        return None
    for place, sentence in enumerate(sentences):
        if any(carried[place : place + 2]):
            for message in grammar.message.finditer(document.folded, sentence.start, sentence.end):
                found = _sender(document, message.start(), Span(message.end(), sentence.end), grammar, words, bearer)
                if found:
                    # "envoyé spécial du président X, … un message écrit de son frère"
                    is_untold = grammar.kin.fullmatch(fold(found.value)) is not None
                    sent_by = _of_envoy(document, sentences, grammar, words, bearer) if is_untold else None
                    return sent_by or found
    sender = _of_envoy(document, sentences, grammar, words, bearer)
    return sender or _by_whom(document, sentences, grammar, words, bearer)


def _by_whom(
    document: Document, sentences: Sequence[Span], grammar: _Grammar, words: Words, bearer: str | None
) -> Found[str] | None:
    """ "Le président X a adressé un message", "un message écrit de X, président du Tchad"."""
    for sentence in sentences:
        sent = grammar.sends.search(document.folded, *sentence)
        before = list(names_in(document, words, Span(sentence.start, sent.start()))) if sent else []
        of = (grammar.of.match(document.folded, m.end()) for m in grammar.message.finditer(document.folded, *sentence))
        behind = (
            next(names_in(document, words, Span(o.end(), min(o.end() + _NAME, sentence.end))), None) for o in of if o
        )
        named = (n for n in behind if n and grammar.titled.match(document.folded, n.end))
        name = before[-1] if before else next(named, None)
        if name and document.text[name.start : name.end] != bearer:
            return Found(document.text[name.start : name.end], name.start, name.end, "messages.name")
    return None


def _of_envoy(
    document: Document, sentences: Sequence[Span], grammar: _Grammar, words: Words, bearer: str | None
) -> Found[str] | None:
    """Where a message is carried and its sender not repeated, it is of the one who sent the envoy."""
    for sentence in sentences:
        envoy = grammar.envoy.search(document.folded, sentence.start, sentence.end)
        if envoy:
            found = _sender(document, envoy.start(), Span(envoy.end(), sentence.end), grammar, words, bearer)
            if found:
                return found
    return None


def _sender(
    document: Document, start: int, span: Span, grammar: _Grammar, words: Words, bearer: str | None
) -> Found[str] | None:
    """The sender named right behind the message, before the one to whom it goes."""
    opening = grammar.sender.search(document.folded, span.start, min(span.end, span.start + 60))
    if opening is None or grammar.addressee.search(document.folded, span.start, opening.start() + 1):
        return None
    end = min(span.end, opening.end() + _LONGEST)
    stop = grammar.addressee.search(document.folded, opening.end(), end)
    stretch = Span(opening.end(), stop.start() if stop else end)
    name = next(names_in(document, words, stretch), None)
    if name and document.text[name.start : name.end] != bearer:
        return Found(document.text[name.start : name.end], start, name.end, "messages.name")
    comma = _COMMA.search(document.folded, stretch.start, stretch.end)
    title_end = comma.start() if comma else stretch.end
    title = document.text[stretch.start : title_end].strip().rstrip(_STOPS)
    return Found(title, start, stretch.start + len(title), "messages.title") if title else None
