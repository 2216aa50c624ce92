"""Which other officials travel with the visitor?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Protocol

from extractors.text import Span, fold
from extractors.visits.document import Document
from extractors.visits.found import Found
from extractors.visits.language_files import language_table
from extractors.visits.names import names_in
from extractors.visits.phrases import (
    Pattern,
    Words,
    any_source,
    compile_phrases,
    folded_source,
    listed,
    sentences_in,
    words_of,
)
from extractors.visits.word_patterns import may_stand

_BESIDE = 70
_SIDE = 24
_ARTICLE = 8
_BEHIND_HOST = 12
"""Letters between a host and "who was accompanied by"."""
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
    attended: Pattern
    relatives: frozenset[str]
    """What opens a clause about whoever stands before it: "who"."""
    capitals: bool
    """Whether a name shows by itself where it stands before its title."""
    of_bodies: re.Pattern[str]
    one_of_them: re.Pattern[str]
    """What opens the names of a group: "among them"."""
    side: re.Pattern[str]
    """What stands before a people whose side it names: "côté", "on the"."""
    side_noun: re.Pattern[str]
    """What must stand behind, where the language has it there: "side"."""


@cache
def _grammar(words: Words) -> _Grammar:
    table = words.section("delegations")
    return _Grammar(
        members_after=compile_phrases(table["members_after"], words),
        members_before=compile_phrases(table["members_before"], words),
        close=compile_phrases(table["close"], words),
        private=compile_phrases(table["private"], words),
        attended=compile_phrases(table["attended"], words),
        relatives=frozenset(map(fold, language_table(words.language, "words").get("relatives", ()))),
        capitals=bool(words.section("phrases")["capitals"]),
        of_bodies=re.compile(rf"(?<!\w)(?:{any_source(table['of_bodies'])})[ ']?\Z"),
        one_of_them=re.compile(rf"(?<!\w)(?:{listed(words.language, 'one_of_them')})(?!\w)"),
        side=re.compile(rf"(?<!\w)(?:{folded_source(words.clitics)})(?:{any_source(table['sides'])}) \Z"),
        side_noun=re.compile(any_source(table["side_nouns"])) if table["side_nouns"] else re.compile(""),
    )


@dataclass(slots=True, unsafe_hash=True)
class People:
    """A people named in the body: whoever stands on its side is a guest, or is at home."""

    start: int
    end: int
    is_guest: bool


def find_delegation(
    document: Document,
    spans: Sequence[Span],
    people: Sequence[PersonLike] = (),
    peoples: Sequence[People] = (),
    at_home: Sequence[Span] = (),
    receiving: Sequence[Span] = (),
) -> tuple[Found[str], ...]:
    """The names of the officials who travel along, in order, each once; resident ambassadors and spouses are none.

    `people` are those that are named in the text: their fuller form of a name wins. `peoples` tell whose side is whose
    where a sentence lists who took part: "in attendance from the Gabonese side were …". `at_home` is where those of the
    host state are named: whoever is with one of them ("met by X, who was accompanied by Y") has not travelled; of those
    who are `receiving` a comma alone tells so ("met by X, accompanied by Y").
    """
    words = words_of(document.language)
    if words is None:
        return ()
    grammar = _grammar(words)
    patterns = (grammar.members_after, grammar.members_before, grammar.attended)
    if not any(may_stand(pattern, document.folded) for pattern in patterns):
        return ()
    found: dict[str, Found[str]] = {}
    sides = [s for s in peoples if _is_side(document, s, grammar)]
    beside = (_of_guests(document, sentence, sides, words) for sentence in sentences_in(document, spans))
    ends = {host.end: host in receiving for host in at_home}
    for stretch in (*_stretches(document, spans, words, ends), *chain.from_iterable(beside)):
        names = _names(document, words, stretch, people)
        for name in _travelling(document, stretch, names, peoples, grammar):
            if not _stays(document, name, stretch, words, grammar):
                text = document.text[name.start : name.end]
                found.setdefault(
                    document.folded[name.start : name.end], Found(text, name.start, name.end, "delegations.member")
                )
    return tuple(f for f in found.values() if not any(_is_part(f.value, other.value) for other in found.values()))


def _is_part(name: str, other: str) -> bool:
    """ "M. Thiam" of "Babacar Thiam": every word of a shorter name stands in the longer one."""
    short, long = fold(name).split(), fold(other).split()
    return len(short) < len(long) and set(short) <= set(long)


def _names(document: Document, words: Words, stretch: Span, people: Sequence[PersonLike]) -> list[Span]:
    """The names of a stretch, and those of officials whose title runs into the name ("Trade Minister X Y")."""
    plain = [name for name in names_in(document, words, stretch) if not _is_thing(document, name, words)]
    for person in people:
        if person.name and " " in person.name and stretch.start <= person.start and person.end <= stretch.end:
            at = document.text.find(person.name, person.start, person.end)
            span = Span(at, at + len(person.name))
            if at >= 0 and not any(span.start < p.end and p.start < span.end for p in plain):
                plain.append(span)
    return sorted(plain)


def _travelling(
    document: Document, stretch: Span, names: Sequence[Span], peoples: Sequence[People], grammar: _Grammar
) -> Iterator[Span]:
    """The names but those of another people: "Indonesian officials, among them minister X", "and the Chadian minister
    Y"."""
    before, is_group = stretch.start, False
    for name in names:
        told = [p for p in peoples if before <= p.start and p.end <= name.start]
        is_strange = not told[-1].is_guest if told else is_group
        opens = bool(told) and grammar.one_of_them.search(document.folded, told[-1].end, name.start) is not None
        is_group = is_strange and (is_group or opens)
        before = name.end
        if not is_strange:
            yield name


def _is_thing(document: Document, name: Span, words: Words) -> bool:
    """A body, or a portfolio in capitals: "la secretaria de Desarrollo Económico, X"."""
    own = fold(document.text[name.start : name.end]).split()
    return all(word in _portfolio(words.language) for word in own) or _is_body(document, name, words)


@cache
def _portfolio(language: str) -> frozenset[str]:
    return frozenset(map(fold, language_table(language, "portfolio").get("words", ())))


def _is_body(document: Document, name: Span, words: Words) -> bool:
    """ "the head of the Nile Sector, X", "a PCA do Caminho-de-Ferro, Y": what a person is the head of, not a person."""
    before = document.folded[max(0, name.start - _ARTICLE) : name.start]
    if not (_grammar(words).of_bodies.search(before) and document.text.startswith(",", name.end)):
        return False
    behind = Span(name.end, min(len(document.text), name.end + _BESIDE))
    return next(names_in(document, words, behind), None) is not None


def _stretches(document: Document, spans: Sequence[Span], words: Words, hosts: Mapping[int, bool]) -> Iterator[Span]:
    """Where members are listed: behind the opening up to the end of its sentence, and the list lines that follow.

    Words that may stand on either side of the members ("… are part of the delegation") have them where names are."""
    grammar, listing = _grammar(words), False
    for sentence in sentences_in(document, spans):
        opening = grammar.members_after.search(document.folded, *sentence)
        at = opening.start() if opening else 0
        if opening and any(_goes_with(document, Span(end, at), grammar, alone=one) for end, one in hosts.items()):
            opening = None
        closing = grammar.members_before.search(document.folded, *sentence)
        item = listing and document.text.startswith(("-", "–", "—", "•", "*"), sentence.start)
        behind = _closed(document, Span(opening.end(), sentence.end), words) if opening else None
        before = Span(sentence.start, closing.start()) if closing else None
        if behind and (before is None or next(names_in(document, words, behind), None)):
            yield behind
        elif item:
            yield sentence
        elif before:
            yield before
        listing = item or bool(opening and document.text.endswith(":", *sentence))


def _goes_with(document: Document, between: Span, grammar: _Grammar, *, alone: bool) -> bool:
    """Whether only ", who was" (or a comma `alone`) stands between somebody and the words of company."""
    if not 0 <= between.end - between.start <= _BEHIND_HOST:
        return False
    words = document.folded[between.start : between.end].replace(",", " ").split()
    return words[0] in grammar.relatives if words else alone


def _is_side(document: Document, people: People, grammar: _Grammar) -> bool:
    before = grammar.side.search(document.folded, max(0, people.start - _SIDE), people.start)
    return before is not None and grammar.side_noun.match(document.folded, people.end) is not None


def _of_guests(document: Document, sentence: Span, sides: Sequence[People], words: Words) -> Iterator[Span]:
    """Where a sentence tells who took part for the guests: behind their side, or before it ("X, on the … side")."""
    own = [side for side in sides if sentence.start <= side.start < sentence.end]
    grammar = _grammar(words)
    attended = grammar.attended.search(document.folded, *sentence) if own else None
    if attended is None:
        return
    for place, side in enumerate(own):
        behind = Span(side.end, own[place + 1].start if place + 1 < len(own) else sentence.end)
        before = Span(max(attended.end(), own[place - 1].end if place else sentence.start), side.start)
        is_told = next(names_in(document, words, behind), None) is not None
        if side.is_guest and (is_told or (grammar.capitals and before.start < before.end)):
            yield behind if is_told else before


def _closed(document: Document, span: Span, words: Words) -> Span:
    """Up to what tells of something else: a verb, but no name that ends like one ("Tefera", "Oliveira"), and none of a
    clause before the first name ("among the delegation, which arrived on Monday, are …")."""
    grammar = _grammar(words)
    first = next(names_in(document, words, span), None)
    for close in grammar.close.finditer(document.folded, span.start, span.end):
        is_before = first is not None and close.start() < first.start
        opener = document.folded[span.start : close.start()].split()[-1:] if is_before else []
        is_name = grammar.capitals and document.text[close.start()].isupper()
        if not (is_name or grammar.relatives.intersection(opener)):
            return Span(span.start, close.start())
    return span


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
