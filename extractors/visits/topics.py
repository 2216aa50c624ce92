"""What was discussed or signed on this visit?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from extractors.records import Topic
from extractors.text import Span
from extractors.visits.document import Document
from extractors.visits.found import Found
from extractors.visits.phrases import Words, compile_labels, compile_phrases, matches, sentences_in, words_of


@dataclass(frozen=True, slots=True)
class _Grammar:
    cue: re.Pattern[str]
    aside: re.Pattern[str]
    general: re.Pattern[str]
    term: re.Pattern[str]
    labels: tuple[tuple[Topic, ...], ...]
    titles: re.Pattern[str]


@cache
def _grammar(words: Words) -> _Grammar:
    table = words.section("topics")
    term, names = compile_labels(table["terms"], words.clitics)
    return _Grammar(
        cue=compile_phrases(table["cues"], words.clitics),
        aside=compile_phrases(table["asides"], words.clitics),
        general=compile_phrases(table["general"], words.clitics),
        term=term,
        labels=tuple(cast("tuple[Topic, ...]", tuple(name.split())) for name in names),
        titles=words.titles,
    )


def find_topics(document: Document, spans: Sequence[Span]) -> tuple[Found[Topic], ...]:
    """The topics of one visit in reading order, each once, with the words that name it.

    `spans` are the stretches of the body that belong to the visit. Only sentences that say what was discussed, agreed
    or aimed at are read; `other` stands alone, where nothing but relations in general was talked about.
    """
    words = words_of(document.language)
    if words is None:
        return ()
    grammar = _grammar(words)
    found: dict[Topic, Found[Topic]] = {}
    told = tuple(_told(document, spans, grammar))
    for sentence in told:
        for start, end, topics in _terms(document, sentence, grammar):
            for topic in topics:
                found.setdefault(topic, Found(topic, start, end, "topics.term"))
    if found:
        return tuple(found.values())
    return _general(document, told, grammar)


def _told(document: Document, spans: Sequence[Span], grammar: _Grammar) -> Iterator[Span]:
    """The sentences that tell of the talks, and the list lines that such a sentence opens."""
    listing = False
    for sentence in sentences_in(document, spans):
        text = document.text[sentence.start : sentence.end]
        item = listing and text.startswith(("-", "–", "—", "•", "*"))
        cued = item or bool(grammar.cue.search(document.folded, sentence.start, sentence.end))
        if cued and not grammar.aside.search(document.folded, sentence.start, sentence.end):
            yield sentence
        listing = item or (cued and text.rstrip().endswith(":"))


def _terms(document: Document, span: Span, grammar: _Grammar) -> Iterator[tuple[int, int, tuple[Topic, ...]]]:
    titles = tuple(match.span() for match in matches(grammar.titles, document, span))
    for match in matches(grammar.term, document, span):
        if not any(start <= match.start() < end for start, end in titles):
            yield match.start(), match.end(), grammar.labels[(match.lastindex or 1) - 1]


def _general(document: Document, told: Sequence[Span], grammar: _Grammar) -> tuple[Found[Topic], ...]:
    for sentence in told:
        match = grammar.general.search(document.folded, sentence.start, sentence.end)
        if match:
            return (Found("other", match.start(), match.end(), "topics.general"),)
    return ()
