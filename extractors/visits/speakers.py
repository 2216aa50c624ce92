"""Who says what is quoted?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extractors.text import Span
from extractors.visits.document import Document
from extractors.visits.names import is_titled, names_in
from extractors.visits.phrases import Pattern, Words, any_source, compile_phrases

_REACH = 240
_NEAR = 90
_CLAUSE_END = re.compile(r"[;!?؟](?=\s|$)|[\n«“„\"]")
_OWNER = re.compile(r"'s? \w\Z")
_BACK = 3
_HONORIFIC = 6
"""So far behind a verb its subject may begin: " Mme X"."""


@dataclass(frozen=True, slots=True)
class _Grammar:
    says: Pattern
    pronoun: Pattern
    source: Pattern
    title: Pattern
    complement: Pattern
    pronoun_word: Pattern
    inserted: re.Pattern[str]


@cache
def _grammar(words: Words) -> _Grammar:
    table = words.section("quotations")
    return _Grammar(
        says=compile_phrases(table["says"], words),
        pronoun=compile_phrases(table["pronouns"], words),
        source=compile_phrases(table["sources"], words),
        title=compile_phrases(table["speakers"], words),
        complement=re.compile(rf"(?<!\w)(?:{any_source(table['complements'])}) ?\Z"),
        pronoun_word=compile_phrases(table["pronoun_words"], words, glued=False),
        inserted=re.compile(rf"(?:{any_source(table['inserted'])})(?!\w)"),
    )


def find_speakers(document: Document, quoted: Sequence[Span], words: Words) -> tuple[str | None, ...]:
    """The speaker of each quotation in order: a name, or a title where no name stands; None where it is not certain."""
    grammar = _grammar(words)
    speakers: list[str | None] = []
    for place, span in enumerate(quoted):
        own = _told(document, span, grammar, words, speakers[-1] if speakers else None)
        speakers.append(own or (_carried_on(document, quoted, place, speakers) if place else None))
    for place in range(len(quoted) - 2, -1, -1):
        if speakers[place] is None and _is_one_sentence(document, quoted[place], quoted[place + 1]):
            speakers[place] = speakers[place + 1]
    return tuple(speakers)


def _told(document: Document, span: Span, grammar: _Grammar, words: Words, last: str | None) -> str | None:
    """Who is said to speak, in the words behind the quotation or in those that lead to it."""
    behind, before = _clause_behind(document, span), _clause_before(document, span)
    for clause in (behind, before):
        verb = grammar.says.search(document.folded, clause.start, clause.end)
        if verb is None and clause is behind and (inserted := _inserted(document, behind, grammar, words)):
            return inserted
        if verb is None:
            continue
        pronoun = grammar.pronoun.search(document.folded, clause.start, clause.end)
        if pronoun and pronoun.start() <= verb.end() and verb.start() <= pronoun.end() + 1:
            return _meant(document, span, grammar, words, last)
        subject = _subject(document, clause, Span(verb.start(), verb.end()), grammar, words)
        if subject:
            return document.text[subject.start : subject.end]
    return _source(document, (behind, before), grammar, words)


def _inserted(document: Document, behind: Span, grammar: _Grammar, words: Words) -> str | None:
    """The subject right behind a verb that stands right behind the mark: « … », sanglote Awa Sidibela."""
    verb = grammar.inserted.match(document.folded, behind.start, behind.end)
    if verb is None or document.text[verb.start()].isupper() or grammar.complement.search(verb[0]):
        return None
    subject = _subject(document, behind, Span(*verb.span()), grammar, words)
    is_close = subject and 0 < subject.start - verb.end() <= _HONORIFIC
    return document.text[subject.start : subject.end] if subject and is_close else None


def _clause_behind(document: Document, quoted: Span) -> Span:
    """The rest of the sentence behind the closing mark, up to the next quotation."""
    text, at = document.text, quoted.end
    while at < len(text) and not text[at].isalnum() and text[at] != "\n":
        if text[at] in ".!?؟" and at > quoted.end:
            return Span(at, at)
        at += 1
    limit = min(len(text), at + _REACH, max(at, document.sentence_at(at).end))
    stop = _CLAUSE_END.search(text, at, limit)
    return Span(at, stop.start() if stop else limit)


def _clause_before(document: Document, quoted: Span) -> Span:
    """The words of the sentence before the opening mark."""
    text, end = document.text, quoted.start
    while end > 0 and not text[end - 1].isalnum() and text[end - 1] not in ".!?؟\n»”":
        end -= 1
    if end == 0 or not text[end - 1].isalnum():
        return Span(end, end)
    start = max(document.sentence_at(end - 1).start, end - _REACH)
    for mark in '»”"':
        start = max(start, text.rfind(mark, start, end - 1) + 1)
    return Span(min(start, end), end)


def _subject(document: Document, clause: Span, verb: Span, grammar: _Grammar, words: Words) -> Span | None:
    """The name or title nearest to the verb of saying; one behind it comes first where nothing stands before."""
    spoken = _people(document, clause, verb, grammar, words)
    return min(spoken, key=lambda s: (max(s.start - verb.end, verb.start - s.end), s.start), default=None)


def _people(document: Document, clause: Span, verb: Span, grammar: _Grammar, words: Words) -> Iterator[Span]:
    """The names and titles of a clause that may be a subject: no complements, nothing far off."""
    names = [n for n in _named(document, clause, words) if _is_name(document, n, verb, grammar, words)]
    for title in grammar.title.finditer(document.folded, clause.start, clause.end):
        if not any(_is_apposed(document, title.end(), name, words) for name in names if title.start() < name.end):
            names.append(Span(title.start(), title.end()))
    for person in names:
        led = document.folded[max(clause.start, person.start - 14) : person.start]
        if max(person.start - verb.end, verb.start - person.end) <= _NEAR and not grammar.complement.search(led):
            yield person


def _named(document: Document, stretch: Span, words: Words) -> Iterator[Span]:
    """The names of a stretch that own nothing: whose words or house is told does not speak."""
    for name in names_in(document, words, stretch, least=1):
        if not _OWNER.search(document.folded, name.start, name.end + 2):
            yield name


def _is_apposed(document: Document, title_end: int, name: Span, words: Words) -> bool:
    """True where a name is inside a title or stands right behind it, with a comma or an honorific between."""
    between = document.text[title_end : name.start]
    return name.start <= title_end or (
        len(between) <= 14
        and between.strip(" ,")[:4].count(" ") == 0
        and (not between.strip(" ,") or is_titled(document, name, words))
    )


def _is_name(document: Document, name: Span, verb: Span, grammar: _Grammar, words: Words) -> bool:
    """Two words or more; or one that a title opens or that touches the verb."""
    text = document.text[name.start : name.end]
    if " " in text:
        return True
    if grammar.pronoun_word.fullmatch(document.folded, name.start, name.end):
        return False
    return is_titled(document, name, words) or -1 <= name.start - verb.end <= 1 or -1 <= verb.start - name.end <= 1


def _source(document: Document, clauses: tuple[Span, Span], grammar: _Grammar, words: Words) -> str | None:
    """The one behind "selon", "according to" and the like."""
    for clause in clauses:
        source = grammar.source.search(document.folded, clause.start, clause.end)
        if source:
            stretch = Span(source.end(), min(clause.end, source.end() + _NEAR))
            title = grammar.title.search(document.folded, source.end(), stretch.end)
            name = next(_named(document, stretch, words), None)
            found = name or (Span(title.start(), title.end()) if title else None)
            return document.text[found.start : found.end] if found else None
    return None


def _meant(document: Document, span: Span, grammar: _Grammar, words: Words, last: str | None) -> str | None:
    """Whom "he said" means: who was said to speak in the sentences just before, else who is their first person."""
    at = span.start
    for _ in range(_BACK):
        sentence = document.sentence_at(max(0, at - 1)) if at else Span(0, 0)
        last_word = min(sentence.end, span.start)
        sentence = Span(max(sentence.start, last_word - 2 * _REACH), last_word)
        if sentence.end <= sentence.start:
            return last
        verb = grammar.says.search(document.folded, sentence.start, sentence.end)
        subject = _subject(document, sentence, Span(*verb.span()), grammar, words) if verb else None
        if subject is None:
            subject = next((n for n in _named(document, sentence, words) if _opens(document, n, sentence, words)), None)
        if subject:
            return document.text[subject.start : subject.end]
        at = sentence.start
    return last


def _opens(document: Document, name: Span, sentence: Span, words: Words) -> bool:
    long = " " in document.text[name.start : name.end]
    return (long or is_titled(document, name, words)) and name.start - sentence.start <= _REACH // 2


def _carried_on(document: Document, quoted: Sequence[Span], place: int, speakers: Sequence[str | None]) -> str | None:
    """The speaker of the quotation before, where this one follows it at once in the same paragraph."""
    before, span = quoted[place - 1], quoted[place]
    gap = document.text[before.end : span.start]
    follows = "\n" not in gap and len(gap) <= _REACH and document.text[span.start].isupper()
    alone = not any(c.isalnum() for c in gap[max(gap.rfind("."), 0) :])
    return speakers[place - 1] if follows and alone else None


def _is_one_sentence(document: Document, first: Span, second: Span) -> bool:
    gap = document.text[first.end : second.start]
    return "\n" not in gap and "." not in gap and len(gap.split()) <= 7
