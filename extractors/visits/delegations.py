"""Which other officials travel with the visitor?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from extractors.text import Span
from extractors.visits.document import Document
from extractors.visits.found import Found
from extractors.visits.names import names_in
from extractors.visits.phrases import Pattern, Words, compile_phrases, sentences_in, words_of
from extractors.visits.word_patterns import may_stand

_BESIDE = 70
_LIST_MARK = re.compile(r"[,;]")


class PersonLike(Protocol):
    """Someone named in the text, as the reader of people gives him."""

    @property
    def name(self) -> str | None: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def office(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class _Grammar:
    members_after: Pattern
    members_before: Pattern
    close: Pattern
    private: Pattern


@cache
def _grammar(words: Words) -> _Grammar:
    table = words.section("delegations")
    return _Grammar(
        members_after=compile_phrases(table["members_after"], words),
        members_before=compile_phrases(table["members_before"], words),
        close=compile_phrases(table["close"], words),
        private=compile_phrases(table["private"], words),
    )


def find_delegation(
    document: Document, spans: Sequence[Span], people: Sequence[PersonLike] = ()
) -> tuple[Found[str], ...]:
    """The names of the officials who travel along, in order, each once; resident ambassadors and spouses are none.

    `people` are those that are named in the text: their fuller form of a name wins.
    """
    words = words_of(document.language)
    if words is None:
        return ()
    grammar = _grammar(words)
    if not (may_stand(grammar.members_after, document.folded) or may_stand(grammar.members_before, document.folded)):
        return ()
    found: dict[str, Found[str]] = {}
    for stretch in _stretches(document, spans, grammar):
        for name in _names(document, words, stretch, people):
            if not _stays(document, name, stretch, words, grammar):
                text = document.text[name.start : name.end]
                found.setdefault(
                    document.folded[name.start : name.end], Found(text, name.start, name.end, "delegations.member")
                )
    return tuple(found.values())


def _names(document: Document, words: Words, stretch: Span, people: Sequence[PersonLike]) -> list[Span]:
    """The names of a stretch, and those of officials whose title runs into the name ("Trade Minister X Y")."""
    plain = list(names_in(document, words, stretch))
    for person in people:
        if person.name and " " in person.name and stretch.start <= person.start and person.end <= stretch.end:
            at = document.text.find(person.name, person.start, person.end)
            span = Span(at, at + len(person.name))
            if at >= 0 and not any(span.start < p.end and p.start < span.end for p in plain):
                plain.append(span)
    return sorted(plain)


def _stretches(document: Document, spans: Sequence[Span], grammar: _Grammar) -> Iterator[Span]:
    """Where members are listed: behind the opening up to the end of its sentence, and the list lines that follow."""
    listing = False
    for sentence in sentences_in(document, spans):
        opening = grammar.members_after.search(document.folded, sentence.start, sentence.end)
        item = listing and document.text.startswith(("-", "–", "—", "•", "*"), sentence.start)
        if opening:
            yield _closed(document, Span(opening.end(), sentence.end), grammar)
        elif item:
            yield sentence
        else:
            closing = grammar.members_before.search(document.folded, sentence.start, sentence.end)
            if closing:
                yield Span(sentence.start, closing.start())
        listing = item or bool(opening and document.text.endswith(":", sentence.start, sentence.end))


def _closed(document: Document, span: Span, grammar: _Grammar) -> Span:
    close = grammar.close.search(document.folded, span.start, span.end)
    return Span(span.start, close.start()) if close else span


def _stays(document: Document, name: Span, stretch: Span, words: Words, grammar: _Grammar) -> bool:
    """True for ambassadors in their post and for private company, by the title before or behind the name."""
    before = _without_honorifics(document.folded[max(stretch.start, name.start - _BESIDE) : name.start], words)
    title = _LIST_MARK.split(before)[-1]
    title = words.conjunction.split(title)[-1]
    behind = document.folded[name.end : min(stretch.end, name.end + _BESIDE)]
    apposed = _LIST_MARK.split(behind[1:])[0] if behind.startswith(",") else ""
    if words.conjunction.match(apposed.lstrip()):
        apposed = ""
    return bool(words.envoys.search(title) or words.envoys.search(apposed) or grammar.private.search(title))


def _without_honorifics(before: str, words: Words) -> str:
    """The words before a name, without "Mr" and the like and the comma that they follow."""
    stripped = before.rstrip(" ,")
    while match := words.last_honorific.search(stripped):
        stripped = stripped[: match.start()].rstrip(" ,")
    return stripped
