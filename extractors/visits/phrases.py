"""Phrases of a language file as patterns for folded text, and the words that all small fields share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractors.text import Span, fold
from extractors.visits.branches import branched
from extractors.visits.document import Document
from extractors.visits.language_files import language_table
from extractors.visits.word_patterns import Pattern as Pattern
from extractors.visits.word_patterns import word_pattern

NEVER = re.compile(r"(?!)")
END = r"(?:(?!\w)|(?<=[' ]))"
"""The end of a phrase: of a word, or of an elided or spaced particle such as "d'"."""
_PIECE = re.compile(r"\\.|\(\?<[=!][^)]*\)|\[[^\]]*\]| [?*+]?|[^\\ (\[]+|.", re.DOTALL)
_SPACES = {" ": " {1,3}", " +": " {1,3}", " ?": " {0,3}", " *": " {0,3}"}


def folded_source(phrase: str) -> str:
    """A phrase as written in a language file, folded as the text is; escapes such as `\\w` stay.

    A space stands for up to three: papers print them twice, and folded vowel marks leave some.
    """
    return _PIECE.sub(_folded_piece, phrase)


def _folded_piece(piece: re.Match[str]) -> str:
    if piece[0][0] == "\\":
        return piece[0]
    return _SPACES.get(piece[0]) or fold(piece[0])


def any_source(phrases: Iterable[str]) -> str:
    """One alternation of phrases; what matches nothing where there are none."""
    return branched([(folded_source(p), "") for p in phrases])


def listed(language: str, key: str, section: str = "words") -> str:
    """One alternation of a list of a language file; what matches nothing where the file has no such list."""
    return any_source(language_table(language, section).get(key, ()))


def compile_phrases(phrases: Sequence[str], words: Words, *, glued: bool = True) -> Pattern:
    """One pattern for whole words of folded text; the language's clitics may stand glued before them."""
    return _compiled(phrases, words.language, words.clitics if glued else "")


def _compiled(phrases: Sequence[str], language: str, clitics: str) -> Pattern:
    sources = [(folded_source(p), "") for p in phrases]
    return _whole_words(branched(sources), sources, language, clitics) if phrases else NEVER


def open_phrases(phrases: Iterable[str], language: str, behind: str = r"(?!\w)") -> Pattern:
    """One pattern for phrases that begin with a word of folded text, and for what stands behind them."""
    told = tuple(phrases)
    return word_pattern(rf"(?<!\w)(?:{any_source(told)}){behind}", map(folded_source, told), language=language)


def compile_labels(labels: Mapping[str, Sequence[str]], words: Words) -> tuple[Pattern, tuple[str, ...]]:
    """One pattern with a group for each phrase; `match.lastindex - 1` is the place of its label in the names."""
    sources = [(folded_source(phrase), label) for label, phrases in labels.items() for phrase in phrases]
    names: list[str] = []
    body = branched(sources, names)
    return _whole_words(body, sources, words.language, words.clitics), tuple(names)


def _whole_words(body: str, sources: Iterable[tuple[str, str]], language: str, clitics: str) -> Pattern:
    """Looked up by the beginnings of its phrases, where all of them begin plainly."""
    glued = folded_source(clitics)
    pattern = rf"(?<!\w)(?:{glued})(?:{body}){END}"
    return word_pattern(pattern, (source for source, _ in sources), glued, language)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Section [phrases] of one language: what several fields need to know of it; there is one for each language."""

    language: str
    clitics: str
    article: str
    """The article that is written together with a name and belongs to it; "" where there is none."""
    titles: Pattern
    """An office with all its portfolio, which names no topic and no person."""
    last_honorific: re.Pattern[str]
    """An honorific at the end of a text."""
    particles: str
    not_names: Pattern
    envoys: Pattern
    """Resident ambassadors and the like."""
    conjunction: re.Pattern[str]
    """What joins the members of a list."""

    def opening(self, folded: str, start: int) -> int:
        """Where a printed name begins: with the article that stands glued before it."""
        before = start - len(self.article)
        return before if self.article and folded.startswith(self.article, max(0, before)) and before >= 0 else start

    def section(self, name: str) -> Mapping[str, Any]:
        """A section of this language's file."""
        return language_table(self.language, name)


@cache
def words_of(language: str | None) -> Words | None:
    """The shared words of a language; None where its file has no section [phrases]."""
    table = language_table(language, "phrases") if language else {}
    if not language or not table:
        return None
    clitics = table["clitics"]
    return Words(
        language=language,
        clitics=clitics,
        article=fold(table["article"]),
        titles=_compiled(table["titles"], language, clitics),
        last_honorific=re.compile(rf"(?<!\w)(?:{folded_source(clitics)})(?:{any_source(table['honorifics'])})\.?\Z"),
        particles="|".join(table["particles"]) or "(?!)",
        not_names=_compiled(table["not_names"], language, clitics),
        envoys=_compiled(table["envoys"], language, clitics),
        conjunction=re.compile(
            rf"(?<!\w)(?:{any_source(table['conjunctions'])})" + (r"(?=\w)" if clitics else r"(?!\w)")
        ),
    )


def sentences_in(document: Document, spans: Sequence[Span]) -> Iterator[Span]:
    """The sentences of the body that lie in any of the spans, in order, each once."""
    known, asked = document.sentences_of, tuple(spans)
    if asked not in known:
        known[asked] = tuple(_sentences_in(document, sorted(spans)))
    return iter(known[asked])


def _sentences_in(document: Document, ordered: Sequence[Span]) -> Iterator[Span]:
    at = 0
    for sentence in document.sentences:
        while at < len(ordered) and ordered[at].end <= sentence.start:
            at += 1
        if at < len(ordered) and ordered[at].start < sentence.end:
            yield sentence


def matches(pattern: Pattern, document: Document, span: Span) -> Iterator[re.Match[str]]:
    """All matches in the folded text of one span."""
    return pattern.finditer(document.folded, span.start, span.end)


def clause_around(document: Document, start: int, end: int, sentence: Span) -> Span:
    """The part of a sentence between the commas on both sides of a stretch."""
    before = max(document.folded.rfind(mark, sentence.start, start) for mark in ",;:،؛")
    after = min(
        (at for mark in ",;:،؛" if (at := document.folded.find(mark, end, sentence.end)) >= 0), default=sentence.end
    )
    return Span(before + 1 if before >= 0 else sentence.start, after)
