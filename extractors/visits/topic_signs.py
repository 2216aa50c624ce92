"""Where and how does the text name each topic?"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import cast

from extractors.records import Topic
from extractors.text import Span, fold
from extractors.visits.branches import Phrasebook
from extractors.visits.document import Document
from extractors.visits.phrases import END, Pattern, Words, compile_phrases, folded_source, sentences_in
from extractors.visits.quotations import quoted_spans

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ITEM = ("-", "–", "—", "•", "*", "(")
_COMMAS = ",،;؛"
_NEAR = 60
_LIST = 3
_LONG = 3_000
_OPENING = 3
_FAR = 8
_MANY = 8


_Term = tuple[Span, tuple[Topic, ...], bool, bool]
"""Where it stands, its topics, whether inside a title of office, and there behind another field of the portfolio."""


@dataclass(frozen=True, slots=True)
class _Grammar:
    cue: Pattern
    hint: Pattern
    aside: Pattern
    rite: Pattern
    """Ceremony, company and good wishes: what is named behind them was not talked about."""
    terms: Phrasebook
    titles: Pattern
    names: Mapping[str, tuple[str, ...]]
    """How the words begin that are a topic's own name."""


@dataclass(slots=True)
class Tally:
    """How often one topic is named, in which kinds of sentences."""

    cued: int = 0
    """In sentences that say what was discussed, agreed or aimed at."""
    behind: bool = False
    """Once at least behind the words that say so."""
    near: bool = False
    hinted: int = 0
    plain: int = 0
    aside: int = 0
    listed: bool = False
    """In a sentence that names three topics or more."""
    unquoted: int = 0
    undated: int = 0
    """In sentences that print no year."""
    opening: bool = False
    in_headline: bool = False
    in_portfolio: bool = False
    """In the title of someone named in the headline or the first sentences."""
    leads_portfolio: bool = False
    """There as the first field: of "ministre de l'Enseignement supérieur, de la Recherche et de l'Innovation" one."""
    earliness: float = 0.0
    of_visitor: bool = False
    """In a title of the visitor."""
    of_host: bool = False
    away: int = 99
    """How many sentences lie between it and the visit's own, at the least."""
    office: Span | None = None
    """The first title of office that names it."""
    words: set[str] = field(default_factory=set)
    """The terms that name it."""
    alone: bool = False
    """By a term that names no other topic."""
    by_name: bool = False
    """By its own name, not only by what belongs to it, as a port to transport."""
    cued_by_name: bool = False
    best: Span | None = None
    """The words that name it, where they are cued if anywhere."""

    @property
    def shown(self) -> Span | None:
        """The words that show it, if anything but a headline or an aside does."""
        return self.best or (self.office if self.in_portfolio else None)

    @property
    def told(self) -> int:
        return self.cued + self.hinted + self.plain

    def signs(self) -> dict[str, float]:
        """The tally as numbers, each between nought and two, by the names of `topics.toml`."""
        only_portfolio = self.in_portfolio and self.told == 0
        return {
            "cued": min(self.cued, 1),
            "behind": self.behind,
            "near": self.near,
            "hinted": min(self.hinted, 2),
            "plain": min(self.plain, 1),
            "plain_again": max(0, min(self.plain, 3) - 1),
            "aside": min(self.aside, 1),
            "listed": self.listed,
            "only_quoted": self.told > 0 and not self.unquoted,
            "only_dated": self.told > 0 and not self.undated,
            "opening": self.opening,
            "headline": self.in_headline,
            "portfolio": self.in_portfolio,
            "portfolio_first": self.leads_portfolio,
            "only_portfolio": only_portfolio,
            "earliness": self.earliness,
            "of_visitor": self.of_visitor,
            "of_host": self.of_host,
            "far": self.told > 0 and self.away > _FAR,
            "only_shared": self.told > 0 and not self.alone,
            "by_name": self.by_name,
            "cued_by_name": self.cued_by_name,
            "words": max(0, min(len(self.words), 3) - 1),
        }


@cache
def _grammar(words: Words) -> _Grammar:
    table = words.section("topics")
    sources = {label: [folded_source(phrase) for phrase in phrases] for label, phrases in table["terms"].items()}
    return _Grammar(
        cue=compile_phrases(table["cues"], words),
        hint=compile_phrases(table["hints"], words),
        aside=compile_phrases(table["asides"], words),
        rite=compile_phrases(table["rites"], words),
        terms=Phrasebook(sources, folded_source(words.clitics), END),
        titles=words.titles,
        names={topic: tuple(beginnings) for topic, beginnings in table["names"].items()},
    )


@dataclass(frozen=True, slots=True)
class Named:
    """Where places and people are named, in order: what "Port Moresby" or "Oscar Paz" tells is no topic."""

    body: Sequence[Span] = ()
    headline: Sequence[Span] = ()
    visitor: Sequence[Span] = ()
    """Where the visitor is named with his title, in order."""
    hosts: Sequence[Span] = ()
    told: Sequence[Span] = ()
    """The sentences that tell the visit itself."""
    in_passing: bool = False
    """Whether the article is about another visit."""


NOTHING = Named()


def tally_topics(
    document: Document, spans: Sequence[Span], words: Words, named: Named = NOTHING
) -> Mapping[Topic, Tally]:
    """One tally for each topic that the headline or the given stretches of the body name."""
    grammar = _grammar(words)
    tallies: defaultdict[Topic, Tally] = defaultdict(Tally)
    quoted = quoted_spans(document.text)
    listing = False
    for sentence in sentences_in(document, spans):
        found = _terms(document.folded, sentence.start, sentence.end, grammar)
        terms = tuple(term for term in found if not _is_inside(term[0], named.body))
        opens = document.text.startswith(":", sentence.end - 1)
        item = listing and document.text.startswith(_ITEM, sentence.start)
        cue = grammar.cue.search(document.folded, *sentence) if terms or opens else None
        if terms:
            terms = tuple(_without_rites(document.folded, sentence, terms, cue.start() if cue else None, grammar))
        if terms:
            cued = sentence.start if item else cue.start() if cue else None
            _count(document, sentence, terms, cued, quoted, grammar, tallies, named)
        listing = item or bool(cue and opens)
    _count_headline(document.headline or "", grammar, tallies, named.headline)
    return tallies


def general_signs(
    document: Document, spans: Sequence[Span], tallies: Mapping[Topic, Tally], named: Named = NOTHING
) -> dict[str, float]:
    """What holds for all topics of one reading: how long it is, how many topics are cued, whether it tells the visit in
    passing."""
    return {
        "bias": 1.0,
        "long": float(sum(span.end - span.start for span in spans) > _LONG),
        "many": min(sum(tally.cued > 0 for tally in tallies.values()), _MANY) / _MANY,
        "in_passing": float(named.in_passing),
    }


def _terms(text: str, start: int, end: int, grammar: _Grammar) -> Iterator[_Term]:
    """Every term of a stretch with its topics, in reading order."""
    terms = tuple(grammar.terms.finditer(text, start, end))
    titles = tuple(match.span() for match in grammar.titles.finditer(text, start, end)) if terms else ()
    led: set[int] = set()
    for first, last, label in terms:
        title = next((opening for opening, closing in titles if opening <= first < closing), None)
        yield Span(first, last), _topics(label), title is not None, title in led
        led.update(() if title is None else (title,))


def _without_rites(
    folded: str, sentence: Span, terms: Sequence[_Term], cue: int | None, grammar: _Grammar
) -> Iterator[_Term]:
    """ "inspected a guard mounted by the army", "in the presence of the minister of defence": no topic, unless words
    that say what was discussed follow the ceremony."""
    rite = grammar.rite.search(folded, *sentence)
    for term in terms:
        if rite is None or term[0].start < rite.start() or (cue is not None and rite.start() < cue <= term[0].start):
            yield term


@cache
def _topics(label: str) -> tuple[Topic, ...]:
    """The topics of a label of the language file: several by spaces, none for words that only look like a topic."""
    return () if label == "none" else cast("tuple[Topic, ...]", tuple(label.split()))


def _count(
    document: Document,
    sentence: Span,
    terms: Sequence[_Term],
    cue: int | None,
    quoted: Sequence[Span],
    grammar: _Grammar,
    tallies: defaultdict[Topic, Tally],
    named: Named,
) -> None:
    place = bisect_left(document.sentences, sentence)
    away = min((abs(place - bisect_left(document.sentences, told)) for told in named.told), default=0)
    aside = grammar.aside.search(document.folded, *sentence)
    is_hinted = cue is None and bool(grammar.hint.search(document.folded, *sentence))
    is_dated = bool(_YEAR.search(document.folded, sentence.start, sentence.end))
    is_list = len({topic for _, topics, titled, _ in terms for topic in topics if not titled}) >= _LIST
    for span, topics, titled, is_further in terms:
        for topic in topics:
            tally = tallies[topic]
            if titled:
                tally.in_portfolio |= place < _OPENING
                tally.leads_portfolio |= place < _OPENING and not is_further
                tally.office = tally.office or span
                tally.of_visitor |= _is_inside(span, named.visitor)
                tally.of_host |= _is_inside(span, named.hosts)
                continue
            if aside and not (cue is not None and _is_parted(document.folded, cue, span, aside.start())):
                tally.aside += 1
                continue
            if cue is not None:
                if not tally.cued:
                    tally.best = span
                tally.cued += 1
                tally.behind |= span.start >= cue
                tally.near |= 0 < span.start - cue < _NEAR
            elif is_hinted:
                tally.hinted += 1
            else:
                tally.plain += 1
            tally.best = tally.best or span
            is_name = document.folded.startswith(grammar.names.get(topic, ()), span.start)
            tally.words.add(document.folded[span.start : span.end])
            tally.alone |= len(topics) == 1
            tally.by_name |= is_name
            tally.cued_by_name |= is_name and cue is not None
            tally.listed |= is_list
            tally.away = min(tally.away, away)
            tally.unquoted += not _is_inside(span, quoted)
            tally.undated += not is_dated
            tally.opening |= place < _OPENING - 1
            tally.earliness = max(tally.earliness, 1 - place / len(document.sentences))


def _is_parted(folded: str, cue: int, span: Span, aside: int) -> bool:
    """Whether a comma parts what was talked about from the words of the past behind it: "… of the bridge, on which work
    stopped in 2021", but not "a treaty on fishing signed in 2015"."""
    told = max(cue, span.end)
    return told < aside and any(comma in folded[told:aside] for comma in _COMMAS)


def _is_inside(span: Span, quoted: Sequence[Span]) -> bool:
    at = bisect_right(quoted, span.start, key=lambda other: other.start) - 1
    return at >= 0 and span.start < quoted[at].end


def _count_headline(
    headline: str, grammar: _Grammar, tallies: defaultdict[Topic, Tally], named: Sequence[Span]
) -> None:
    folded = fold(headline)
    for span, topics, titled, is_further in _terms(folded, 0, len(folded), grammar):
        if _is_inside(span, named):
            continue
        for topic in topics:
            if titled:
                tallies[topic].in_portfolio = True
                tallies[topic].leads_portfolio |= not is_further
            else:
                tallies[topic].in_headline = True
