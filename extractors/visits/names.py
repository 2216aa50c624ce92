"""Names of people in a stretch of text, read from capitals, or from the honorific where a script has none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from extractors.text import Span
from extractors.visits.document import Document
from extractors.visits.phrases import END, Pattern, Words, any_source, folded_source
from extractors.visits.places import find_places

_UPPER = r"[^\W\d_a-zß-öø-ÿ\u0600-\u06ff]"
_INITIALS = re.compile(rf"{_UPPER}{{2,4}}\s(?={_UPPER}[^\W\d_]*[a-zß-öø-ÿ][\w’'-]*\s{_UPPER})")
"""Initials before two words that are not capitals throughout; before one, they may be a family's name."""

_GENITIVE = re.compile(r"(?:['’]s?)? ")
_FULL = 2


@dataclass(frozen=True, slots=True)
class _Grammar:
    capitals: bool
    name: Pattern
    title: Pattern
    listed: Pattern | None
    """A title of several whose names follow, where a script has no capitals: "the deputies X and Y"."""
    joint: re.Pattern[str]
    """The conjunction that is glued to the next of those names."""
    titled: Pattern
    stop: Pattern
    homographs: Mapping[str, str]
    """Names that look like a word of `stop` when folded, with that word as printed: "علي" is Ali, "على" is "on"."""
    both: re.Pattern[str] | None
    """A conjunction that is also a part of names ("e"): between two full names it joins two people."""


@cache
def _grammar(words: Words) -> _Grammar:
    table = words.section("phrases")
    word = rf"{_UPPER}[\w’'.-]{{0,30}}"
    link = rf"(?:{'|'.join(table['particles']) or '(?!)'})\s"
    both = [word for word in table["conjunctions"] if word in table["particles"]]
    name = rf"(?<![\w’'-]){word}(?:\s(?:{link}){{0,2}}(?:d[’'])?{word}){{0,6}}"
    return _Grammar(
        capitals=bool(table["capitals"]),
        name=re.compile(name),
        title=re.compile(
            rf"(?<!\w)(?:{folded_source(words.clitics)})"
            rf"(?:{any_source([*table['title_words'], *table['name_openers']])})\.?,? *{END}"
        ),
        listed=re.compile(rf"(?<!\w)(?:{any_source(table['list_titles'])}) {END}") if "list_titles" in table else None,
        joint=re.compile(
            rf" (?!(?:{any_source(table.get('name_words', ['(?!)']))})(?!\w))"
            rf"(?:{any_source(table['conjunctions'])})(?=[^\W\d_]{{2}})"
        ),
        titled=re.compile(rf"(?<!\w)(?:{folded_source(words.clitics)})(?:{any_source(table['title_words'])})\.? *\Z"),
        stop=re.compile(rf"[,.;:!?()\n\"«»“”،؛؟]|(?<!\w)(?:{any_source(table['name_stops'])})(?!\w)"),
        homographs=table.get("homographs", {}),
        both=re.compile(rf"(?<=\s)(?:{'|'.join(both)})\s") if both else None,
    )


def names_in(document: Document, words: Words, span: Span, *, least: int = 2) -> Iterator[Span]:
    """The names of a stretch in order, each of `least` words or more, without titles before them."""
    grammar = _grammar(words)
    found = _by_capitals(document, words, grammar, span) if grammar.capitals else _by_title(document, grammar, span)
    return (name for name in found if len(document.text[name.start : name.end].split()) >= least)


def is_titled(document: Document, name: Span, words: Words) -> bool:
    """True where a title or honorific stands right before a name."""
    return bool(_grammar(words).titled.search(document.folded, max(0, name.start - 30), name.start))


def _by_capitals(document: Document, words: Words, grammar: _Grammar, span: Span) -> Iterator[Span]:
    for start, end in _each(document.text, grammar, span):
        start = _behind_state(document, grammar, start, end)
        while title := grammar.title.match(document.folded, start, end):
            if title.end() == start:
                break
            start = title.end()
        while end > start and document.text[end - 1] in ".’'- ":
            end -= 1
        start = _behind_initials(document.text, start, end)
        folded = document.folded[start:end]
        if end > start and document.text[start].isupper() and not words.not_names.search(folded):
            yield Span(start, end)


def _each(text: str, grammar: _Grammar, span: Span) -> Iterator[Span]:
    """The names of a stretch; "Fernanda Évora e Janina Lélis" are two, "Otávio Castro e Silva" is one."""
    for match in grammar.name.finditer(text, *span):
        start = match.start()
        for joint in grammar.both.finditer(text, *match.span()) if grammar.both else ():
            parts = text[start : joint.start()], text[joint.end() : match.end()]
            if all(len(part.split()) >= _FULL for part in parts):
                yield Span(start, joint.start() - 1)
                start = joint.end()
        yield Span(start, match.end())


def _behind_state(document: Document, grammar: _Grammar, start: int, end: int) -> int:
    """Where a title begins behind its state: "Kenyan President X", "Kenya's President X"."""
    if not grammar.title.search(document.folded, start + 1, end):
        return start
    places = find_places(document.text[start:end], document.language, document.folded[start:end])
    opening = next((p.end for p in places if p.start == 0), 0)
    owned = _GENITIVE.match(document.folded, start + opening, end) if opening else None
    return owned.end() if owned and grammar.title.match(document.folded, owned.end(), end) else start


def _behind_initials(text: str, start: int, end: int) -> int:
    """Where the name itself begins behind the initials of a party or body: "MR Awa Sidibela"."""
    body = _INITIALS.match(text, start, end)
    return body.end() if body else start


def _by_title(document: Document, grammar: _Grammar, span: Span) -> Iterator[Span]:
    at = span.start
    listed = grammar.listed.search(document.folded, *span) if grammar.listed else None
    if listed:
        names = list(_in_list(document, grammar, Span(listed.end(), span.end)))
        yield from names
        at = names[-1].end if names else at
    while title := grammar.title.search(document.folded, at, span.end):
        start = title.end()
        while more := grammar.title.match(document.folded, start, span.end):
            start = more.end()
        stop = grammar.stop.search(document.folded, start, span.end)
        while stop and _is_name(document.text, stop, grammar):
            stop = grammar.stop.search(document.folded, stop.end(), span.end)
        end = stop.start() if stop else span.end
        name = document.text[start:end].rstrip()
        at = max(start + len(name), title.end())
        if name and len(name.split()) <= 7:
            yield Span(start, start + len(name))


def _is_name(text: str, stop: re.Match[str], grammar: _Grammar) -> bool:
    """Whether a text that tells a name from the word like it prints the name."""
    word = grammar.homographs.get(text[stop.start() : stop.end()])
    return word is not None and re.search(rf"(?<!\w){word}(?!\w)", text) is not None


def _in_list(document: Document, grammar: _Grammar, span: Span) -> Iterator[Span]:
    """The names that follow the title of several, each behind the glued "and" that parts it from the one before."""
    at = span.start
    while title := grammar.title.match(document.folded, at, span.end):
        at = title.end()
    stop = grammar.stop.search(document.folded, at, span.end)
    end = stop.start() if stop else span.end
    joints = [Span(m.start(), m.end()) for m in grammar.joint.finditer(document.folded, at, end)]
    begins, ends = [at, *(joint.end for joint in joints)], [*(joint.start for joint in joints), end]
    for begin, behind in zip(begins, ends, strict=True):
        name = document.text[begin:behind].strip()
        if len(name.split()) < _FULL:
            return
        yield Span(begin, begin + len(name))
