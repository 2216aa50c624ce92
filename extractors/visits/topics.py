"""What was discussed or signed on this visit?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from extractors.records import Topic
from extractors.registry import packaged, read_toml
from extractors.text import Span
from extractors.visits.document import Document
from extractors.visits.found import Found
from extractors.visits.phrases import Pattern, Words, compile_phrases, sentences_in, words_of
from extractors.visits.topic_signs import NOTHING, Named, general_signs, tally_topics


@dataclass(frozen=True, slots=True)
class _Scale:
    """How much each sign weighs, and from which probability on a topic is told (`topics.toml`)."""

    threshold: float
    weights: Mapping[str, float]
    topics: Mapping[str, float]


@cache
def _scale() -> _Scale:
    told = read_toml(packaged("visits", "topics.toml"))
    return _Scale(float(told["threshold"]), told["weights"], told["topics"])


@cache
def _general(words: Words) -> Pattern:
    return compile_phrases(words.section("topics")["general"], words)


def find_topics(document: Document, spans: Sequence[Span], named: Named = NOTHING) -> tuple[Found[Topic], ...]:
    """The topics of one visit in reading order, each once, with the words that name it.

    `spans` are the stretches of the body that belong to the visit, `named` the places and people, whose names tell no
    topic. A topic is told when the ways in which the text names it make it likely enough that it was discussed, agreed
    or aimed at; `other` stands alone, where nothing but relations in general was talked about.
    """
    words = words_of(document.language)
    if words is None or not spans:
        return ()
    found: list[Found[Topic]] = []
    tallies = tally_topics(document, spans, words, named)
    shared = general_signs(document, spans, tallies, named)
    for topic, tally in tallies.items():
        shown = tally.shown
        if shown and likelihood(topic, tally.signs(), shared) >= _scale().threshold:
            rule = "topics.cued" if tally.cued else "topics.named" if tally.best else "topics.office"
            found.append(Found(topic, shown.start, shown.end, rule))
    return tuple(sorted(found, key=lambda topic: topic.start)) or _other(document, spans, words)


def signs_of(
    document: Document, spans: Sequence[Span], named: Named = NOTHING
) -> Iterator[tuple[Topic, dict[str, float]]]:
    """The topics that the sentences of a visit name, each with all the signs by which it is weighed."""
    words = words_of(document.language)
    if words is not None and spans:
        tallies = tally_topics(document, spans, words, named)
        shared = general_signs(document, spans, tallies, named)
        yield from ((topic, {**shared, **tally.signs()}) for topic, tally in tallies.items() if tally.shown)


def likelihood(topic: Topic, signs: Mapping[str, float], shared: Mapping[str, float]) -> float:
    """How likely a topic with these signs is one of the visit, 0 to 1."""
    scale = _scale()
    weight = scale.topics.get(topic, 0.0)
    for told in (shared, signs):
        weight += sum(scale.weights.get(name, 0.0) * value for name, value in told.items())
    return 1 / (1 + math.exp(-weight))


def _other(document: Document, spans: Sequence[Span], words: Words) -> tuple[Found[Topic], ...]:
    for sentence in sentences_in(document, spans):
        match = _general(words).search(document.folded, sentence.start, sentence.end)
        if match:
            return (Found("other", match.start(), match.end(), "topics.general"),)
    return ()
