"""What is quoted in direct speech, and who says it?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractors.records import Quotation
from extractors.text import Span
from extractors.visits.document import Document
from extractors.visits.names import names_in
from extractors.visits.phrases import Words, compile_phrases, words_of

_LEAST_WORDS = 4
_LONGEST = 6_000
_REACH = 220
_CLAUSE_END = re.compile(r"[.;!?؟](?=\s|$)|[\n«“\"]")
_PAIRS = {"«": "»", "“": "”", "„": "“”"}
_MARKS = {mark: re.compile(rf"[{mark}{closing}]") for mark, closing in _PAIRS.items()}
_SINGLE_CLOSE = re.compile(r"[’'](?!\w)")
_OPENING = re.compile(r"[«“„\"]|''|’’|(?<![\w’'])[‘'](?=[^\W\d_]\w*[ ,])")
_NEXT_LINE = re.compile(r"\n\s*")
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")


@dataclass(frozen=True, slots=True)
class _Grammar:
    says: re.Pattern[str]
    pronoun: re.Pattern[str]
    source: re.Pattern[str]
    office: re.Pattern[str]


@cache
def _grammar(words: Words) -> _Grammar:
    table = words.section("quotations")
    return _Grammar(
        says=compile_phrases(table["says"], words.clitics),
        source=compile_phrases(table["sources"], words.clitics),
        pronoun=compile_phrases(table["pronouns"], words.clitics),
        office=compile_phrases(table["speakers"], words.clitics),
    )


def find_quotations(document: Document) -> tuple[Quotation, ...]:
    """Direct speech of the body in order, quotation marks excluded, with its speaker as printed where that is certain.

    Words in quotation marks that are fewer than four are no speech.
    """
    words = words_of(document.language)
    grammar = _grammar(words) if words else None
    quotations: list[Quotation] = []
    for quoted in quoted_spans(document.text):
        speaker = _speaker(document, quoted, quotations, words, grammar) if words and grammar else None
        quotations.append(Quotation(document.text[quoted.start : quoted.end], speaker, quoted.start, quoted.end))
    return tuple(quotations)


def quoted_spans(text: str) -> Iterator[Span]:
    """The stretches between outermost quotation marks that hold four words or more, without the marks."""
    at = 0
    while opening := _OPENING.search(text, at):
        close = _close(text, opening)
        if close is None:
            at = opening.end()
            continue
        inner = _trimmed(text, opening.end(), close[0])
        if len(_WORD.findall(text, inner.start, inner.end)) >= _LEAST_WORDS:
            yield inner
        at = close[1]


def _close(text: str, opening: re.Match[str]) -> tuple[int, int] | None:
    """Where the quotation ends: start and end of its closing mark, None where it is never closed."""
    mark = opening[0]
    limit = min(len(text), opening.end() + _LONGEST)
    if mark in ("«", "“", "„"):
        return _nested(text, mark, opening.end(), limit)
    if mark in ('"', "''", "’’"):
        return _same_mark(text, mark, opening.end(), limit)
    close = _SINGLE_CLOSE.search(text, opening.end(), _paragraph_end(text, opening.end()))
    return (close.start(), close.end()) if close else None


def _nested(text: str, mark: str, start: int, limit: int) -> tuple[int, int] | None:
    """The partner of an opening mark: marks inside count, and one that opens a further paragraph of the same speech doesn't."""
    closing, depth = _PAIRS[mark], 1
    for match in _MARKS[mark].finditer(text, start, limit):
        if match[0] in closing:
            depth -= 1
            if depth == 0:
                return match.start(), match.end()
        elif not _opens_line(text, match.start()):
            depth += 1
    return None


def _same_mark(text: str, mark: str, start: int, limit: int) -> tuple[int, int] | None:
    """The next such mark of the paragraph; where a paragraph is left open and the next one opens again, the speech goes on."""
    while start < limit:
        end = _paragraph_end(text, start)
        at = text.find(mark, start, min(limit, end))
        if at >= 0:
            return at, at + len(mark)
        following = _NEXT_LINE.match(text, end)
        if following is None or not text.startswith(mark, following.end()):
            return None
        start = following.end() + len(mark)
    return None


def _opens_line(text: str, at: int) -> bool:
    while at > 0 and text[at - 1] in " \t\xa0":
        at -= 1
    return at > 0 and text[at - 1] == "\n"


def _paragraph_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _speaker(document: Document, quoted: Span, earlier: list[Quotation], words: Words, grammar: _Grammar) -> str | None:
    """Who is said to speak: behind the quotation first, then in the words that lead to it."""
    behind = _clause_behind(document, quoted)
    before = _clause_before(document, quoted)
    for clause in (behind, before):
        if not grammar.says.search(document.folded, clause.start, clause.end):
            continue
        if grammar.pronoun.search(document.folded, clause.start, clause.end):
            return _spoken_of(document, quoted, earlier, words, grammar)
        named = _named(document, clause, words, grammar)
        if named:
            return named
    return _source(document, (behind, before), words, grammar)


def _clause_behind(document: Document, quoted: Span) -> Span:
    """The rest of the sentence behind the closing mark, up to the next quotation."""
    at = quoted.end
    while at < len(document.text) and not (document.text[at].isalnum() or document.text[at] == "\n"):
        if document.text[at] in ".!?؟" and at > quoted.end:
            return Span(at, at)
        at += 1
    if at == len(document.text) or document.text[at] == "\n":
        return Span(at, at)
    limit = min(len(document.text), at + _REACH)
    stop = _CLAUSE_END.search(document.text, at, limit)
    return Span(at, stop.start() if stop else limit)


def _clause_before(document: Document, quoted: Span) -> Span:
    """The words of the sentence before the opening mark."""
    end = quoted.start
    while end > 0 and not (document.text[end - 1].isalnum() or document.text[end - 1] in ".\n»”"):
        end -= 1
    sentence = document.sentence_at(max(0, end - 1))
    return Span(max(min(sentence.start, end), end - _REACH), end)


def _named(document: Document, clause: Span, words: Words, grammar: _Grammar) -> str | None:
    """The subject of the verb of saying: the name nearest to it, else the title in its printed words."""
    verb = grammar.says.search(document.folded, clause.start, clause.end)
    if verb is None:
        return None
    names = tuple(names_in(document, words, clause, least=1))
    if names:
        nearest = min(names, key=lambda name: max(name.start - verb.end(), verb.start() - name.end))
        return document.text[nearest.start : nearest.end]
    title = grammar.office.search(document.folded, clause.start, clause.end)
    return document.text[title.start() : title.end()] if title else None


def _source(document: Document, clauses: tuple[Span, Span], words: Words, grammar: _Grammar) -> str | None:
    """The one behind "selon", "according to" and the like."""
    for clause in clauses:
        source = grammar.source.search(document.folded, clause.start, clause.end)
        if source:
            stretch = Span(source.end(), clause.end)
            name = next(names_in(document, words, stretch, least=1), None)
            title = grammar.office.search(document.folded, stretch.start, stretch.end)
            if name:
                return document.text[name.start : name.end]
            return document.text[title.start() : title.end()] if title else None
    return None


def _spoken_of(
    document: Document, quoted: Span, earlier: list[Quotation], words: Words, grammar: _Grammar
) -> str | None:
    """Whom "he said" means: the one who spoke last in this or the last paragraph, else the last who is named there."""
    paragraph = document.text.rfind("\n", 0, quoted.start) + 1
    before = document.text.rfind("\n", 0, max(0, document.text.rfind("\n", 0, max(0, paragraph - 2)))) + 1
    if earlier and earlier[-1].end >= before and earlier[-1].speaker:
        return earlier[-1].speaker
    for start, end in ((paragraph, quoted.start), (max(0, before), paragraph)):
        names = tuple(names_in(document, words, Span(start, end)))
        if names:
            first = names[0]
            return document.text[first.start : first.end]
    return None
