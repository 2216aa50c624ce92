"""Which agreements does the text name, and were they signed on this visit?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import cast

from extractors.records import Agreement, AgreementStatus, Status
from extractors.text import Span
from extractors.visits.document import Document
from extractors.visits.found import Found
from extractors.visits.language_files import language_table
from extractors.visits.phrases import (
    Pattern,
    Words,
    any_source,
    compile_labels,
    compile_phrases,
    folded_source,
    matches,
    sentences_in,
    words_of,
)
from extractors.visits.word_patterns import may_stand, word_pattern

_NOT_BEGUN: tuple[Status, ...] = ("announced", "postponed", "cancelled")
_LONGEST = 220
_BESIDE = 80
_SIGNS_BACK = 3
_DENIED = 16
"""Letters before a sign in which "not" may stand."""
_MOST = 60
_COMMAS = ",،"
_MARKS = '.!?»”"؟:'
_PARTED = 30
_ITEM_LONG = 60
"""Letters of one item of a list of what agreements are about."""
_GLUE = r"(?: |(?<=[' ]))"
_ITEM = re.compile(r"[-–—•*(]|\d{1,2}[.)]")
_CONTENT = re.compile(r"[^\W\d]{4,}")
_YEAR = re.compile(r"(?:19|20)\d\d")

_ELIDED = re.compile(r"[lLdD]['’](?=\w)")


@dataclass(frozen=True, slots=True)
class _Grammar:
    noun: Pattern
    """What an agreement is called, alone: the quick look before the grammar of `head`."""
    head: Pattern
    never: Pattern
    """What only sounds like one: "d'accord"."""
    stop: Pattern
    fields: Pattern
    """What opens a list of what they are about: "in the fields of"."""
    conjunction: re.Pattern[str]
    trailing: Pattern
    status: Pattern
    labels: tuple[AgreementStatus, ...]
    earlier: Pattern
    anaphoric: Pattern
    definite: Pattern
    article: Pattern
    vague: Pattern
    """A count that tells no number: "several"."""
    relative: Pattern
    """What a clause about an agreement begins with."""
    among: re.Pattern[str]
    """What leads from a count to what was counted: "five deeds, among them"."""
    negation: re.Pattern[str]
    """Right before a sign: it did not happen."""
    compound: Pattern
    """A determiner with the words before its noun that say what it is about: "a double taxation"."""


@cache
def _grammar(words: Words) -> _Grammar:
    table = words.section("agreements")
    before, after = any_source((*table.get("compounds", ()), *table["determiners"])), any_source(table["adjectives"])
    head, weak = any_source(table["heads"]), any_source(table["weak_heads"])
    status, labels = compile_labels({name: table[name] for name in ("planned", "signed", "referenced")}, words)
    clitics = folded_source(words.clitics)
    nouns = map(folded_source, (*table["heads"], *table["weak_heads"]))
    return _Grammar(
        noun=word_pattern(rf"(?<!\w)(?:{clitics})(?:{head}|{weak})(?!\w)", nouns, clitics, words.language),
        head=re.compile(
            rf"(?<!\w)(?:(?P<det>{before}){_GLUE})?(?P<adj>(?:(?:{after}){_GLUE}){{0,2}})(?:{clitics})"
            rf"(?:(?P<head>{head})|(?P<weak>{weak}))(?!\w)"
        ),
        never=compile_phrases(table["never"], words),
        stop=re.compile(rf"[,.](?!\d)|[;:!?()\[\]\n\"«»“”،؛؟]|(?<![\w'])(?:{any_source(table['stops'])})(?!\w)"),
        fields=compile_phrases(table["fields"], words),
        conjunction=words.conjunction,
        trailing=re.compile(rf"(?:\s(?:{any_source(table['trailing'])}))+\s?\Z"),
        status=status,
        labels=cast("tuple[AgreementStatus, ...]", labels),
        earlier=compile_phrases(table["earlier"], words),
        anaphoric=compile_phrases(table["anaphoric"], words),
        definite=compile_phrases(table["definite"], words, glued=False),
        article=compile_phrases(table["articles"], words, glued=False),
        vague=compile_phrases(table["vague"], words, glued=False),
        relative=compile_phrases(language_table(words.language, "words")["relatives"], words, glued=False),
        among=re.compile(rf"(?<!\w)(?:{any_source(table['among'])})(?!\w)"),
        negation=re.compile(rf"(?<!\w)(?:{any_source(table['negations'])})(?: \w+)?[ ']?\Z"),
        compound=compile_phrases(table.get("compounds", ("(?!)",)), words, glued=False),
    )


def find_agreements(
    document: Document, spans: Sequence[Span], *, status: Status | None = None
) -> tuple[Found[Agreement], ...]:
    """The agreements that the sentences of a visit name, as printed; a communiqué is none.

    `spans` are the stretches of the body that belong to the visit. `signed` and `planned` follow the verb that stands
    nearest; `referenced` is an agreement of earlier days. By its `status` a visit that has not begun has signed nothing
    yet: "le programme prévoit des entretiens et la signature d'un accord".
    """
    words = words_of(document.language)
    if words is None:
        return ()
    grammar = _grammar(words)
    if not may_stand(grammar.noun, document.folded):
        return ()
    found: list[_Phrase] = []
    opened: AgreementStatus | None = None
    summed: _Phrase | None = None
    for sentence in sentences_in(document, spans):
        listed = opened if _is_item(document, sentence, grammar) else None
        told = list(islice(_in_sentence(document, sentence, grammar, listed), max(0, _MOST - len(found))))
        if listed and told and summed in found:
            found.remove(summed)
        found.extend(told)
        opens = _opens_list(document, sentence, grammar)
        summed = told[-1] if opens and told else summed
        opened = opens or listed or (opened if _is_bare_line(document, sentence) else None)
    kept = [p for place, p in enumerate(found) if not _is_repeated(p, place, found)]
    if status in _NOT_BEGUN:
        kept = [replace(p, status="planned") if p.status == "signed" else p for p in kept]
    return tuple(_found(document.text, p) for p in kept)


def _found(text: str, phrase: _Phrase) -> Found[Agreement]:
    """The agreement in its own words: an elided article ("l'Accord …") is part of the sentence, not of its name."""
    start = phrase.start + (2 if _ELIDED.match(text, phrase.start) else 0)
    rule = f"agreements.{phrase.status}"
    return Found(Agreement(text[start : phrase.end], phrase.status), start, phrase.end, rule)


@dataclass(frozen=True, slots=True)
class _Sign:
    """Words that tell the status of an agreement beside them."""

    start: int
    end: int
    label: AgreementStatus


@dataclass(frozen=True, slots=True)
class _Phrase:
    start: int
    end: int
    status: AgreementStatus
    content: frozenset[str]
    """The words that say what it is about."""
    is_counted: bool


def _opens_list(document: Document, sentence: Span, grammar: _Grammar) -> AgreementStatus | None:
    """The status that a sentence gives to the lines of the list that it opens: "the following were signed:"."""
    if document.text[sentence.end - 1] != ":" and not _is_bare_line(document, sentence):
        return None
    sign = grammar.status.search(document.folded, *sentence)
    return grammar.labels[(sign.lastindex or 1) - 1] if sign else None


def _is_item(document: Document, sentence: Span, grammar: _Grammar) -> bool:
    """Whether a line is one of a list: by its mark, or by the agreement with which it begins."""
    if _ITEM.match(document.text, sentence.start):
        return True
    return _begins_line(document, sentence) and grammar.head.match(document.folded, *sentence) is not None


def _begins_line(document: Document, sentence: Span) -> bool:
    return sentence.start == 0 or document.text[sentence.start - 1] == "\n"


def _is_bare_line(document: Document, sentence: Span) -> bool:
    """Whether a sentence is a whole line without a mark at its end: a heading, or an item of a list."""
    is_line = _begins_line(document, sentence) and document.text.startswith("\n", sentence.end)
    return is_line and document.text[sentence.end - 1] not in _MARKS


def _in_sentence(
    document: Document, sentence: Span, grammar: _Grammar, listed: AgreementStatus | None
) -> Iterator[_Phrase]:
    """The agreements of one sentence; a line of a list without a sign of its own has the status of the list."""
    if not grammar.noun.search(document.folded, *sentence):
        return
    false = [match.span() for match in matches(grammar.never, document, sentence)]
    heads = [head for head in matches(grammar.head, document, sentence) if not _overlaps(head, false)]
    signs = [
        _Sign(m.start(), m.end(), grammar.labels[(m.lastindex or 1) - 1])
        for m in matches(grammar.status, document, sentence)
        if not grammar.negation.search(document.folded[max(sentence.start, m.start() - _DENIED) : m.start()])
    ]
    for place, head in enumerate(heads):
        limit = heads[place + 1].start() if place + 1 < len(heads) else sentence.end
        end = _end_of_phrase(document, head.end(), limit, grammar)
        if _is_anaphoric(head, end, grammar) or _is_listed_behind(document, Span(end, limit), head, heads, grammar):
            continue
        noun = max(head.end("head"), head.end("weak"))
        beside = [s for s in signs if s.end <= noun or s.start >= end]  # "a deal on the renewal of …" is none renewed
        status = _status(document, Span(head.start(), end), sentence, beside, grammar) or listed
        if status is not None and not (status == "referenced" and head["weak"]):
            content = _content(document, head, end, grammar)
            yield _Phrase(_start(document, head, grammar), end, status, content, _is_counted(head, grammar))


def _start(document: Document, head: re.Match[str], grammar: _Grammar) -> int:
    """Where a phrase begins: behind an "and" that is glued to its noun."""
    noun = max(head.start("head"), head.start("weak"))
    glued = grammar.conjunction.match(document.folded, head.start())
    return glued.end() if glued and glued.end() <= noun else head.start()


def _is_listed_behind(
    document: Document, behind: Span, head: re.Match[str], heads: Sequence[re.Match[str]], grammar: _Grammar
) -> bool:
    """ "two texts were signed: …", "several pacts, among them …": a count whose items the sentence names."""
    is_bare = _is_counted(head, grammar) and not _CONTENT.search(document.folded, head.end(), behind.start)
    if not is_bare or head is heads[-1]:
        return False
    is_vague = grammar.vague.fullmatch((head["det"] or "").strip()) is not None
    return ":" in document.folded[behind.start : behind.end] or (
        is_vague and grammar.among.search(document.folded, *behind) is not None
    )


def _content(document: Document, head: re.Match[str], end: int, grammar: _Grammar) -> frozenset[str]:
    """The words behind the noun, and those before it that stand in its determiner."""
    before = head["det"] if head["det"] and grammar.compound.fullmatch(head["det"].strip()) else ""
    return frozenset(
        word.rstrip("s") for word in (*_CONTENT.findall(before), *_CONTENT.findall(document.folded, head.end(), end))
    )


def _overlaps(head: re.Match[str], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether what only sounds like an agreement holds a head's noun; "d'accord pour" within "protocole d'accord pour"
    does not."""
    at, noun = bisect_left(spans, (head.start(), 0)), max(head.start("head"), head.start("weak"))
    return any(start <= noun and head.start() < end for start, end in spans[max(0, at - 1) : at + 2])


def _is_anaphoric(head: re.Match[str], end: int, grammar: _Grammar) -> bool:
    """True for "this agreement", and for "the agreement" with nothing behind it: it was named before."""
    determiner = head["det"] or ""
    if grammar.anaphoric.fullmatch(determiner.strip()):
        return True
    return end == head.end() and bool(grammar.definite.fullmatch(determiner.strip())) and not head["adj"]


def _is_counted(head: re.Match[str], grammar: _Grammar) -> bool:
    """True for "six agreements", "several agreements": such a phrase tells something even without its subject."""
    determiner = (head["det"] or "").strip()
    return bool(determiner) and not (grammar.article.fullmatch(determiner) or grammar.compound.fullmatch(determiner))


def _is_repeated(phrase: _Phrase, place: int, found: Sequence[_Phrase]) -> bool:
    """True where an earlier phrase says the same, and for "agreements" alone where the text tells which."""
    if not phrase.content and not phrase.is_counted:
        return any(
            other.status == phrase.status and (other.content or at < place)
            for at, other in enumerate(found)
            if at != place
        )
    earlier = (other for other in found[:place] if other.content and phrase.content)
    return any(
        len(other.content & phrase.content) / min(len(other.content), len(phrase.content)) >= 0.6 for other in earlier
    )


def _end_of_phrase(document: Document, start: int, limit: int, grammar: _Grammar) -> int:
    limit = min(limit, start + _LONGEST)
    stop = grammar.stop.search(document.folded, start, limit)
    end = _end_of_list(document.folded, Span(start, stop.start()), limit, grammar) if stop else limit
    trailing = grammar.trailing.search(document.folded, start, end)
    end = trailing.start() if trailing else end
    while end > start and document.text[end - 1].isspace():
        end -= 1
    return end


def _end_of_list(folded: str, first: Span, limit: int, grammar: _Grammar) -> int:
    """Where "in the fields of energy, mining and tourism" ends, whose first item ends at a comma; there, where no such
    list goes on."""
    is_open = grammar.fields.search(folded, *first) and not grammar.conjunction.search(folded, *first)
    at = first.end
    while is_open and folded[at] in _COMMAS:
        stop = grammar.stop.search(folded, at + 1, limit)
        end = stop.start() if stop else limit
        if grammar.conjunction.search(folded, at + 1, end):
            return end
        if stop is None or end - at > _ITEM_LONG:
            break
        at = end
    return first.end


def _status(
    document: Document, phrase: Span, sentence: Span, signs: Sequence[_Sign], grammar: _Grammar
) -> AgreementStatus | None:
    """The status that the nearest sign gives, before or behind the phrase."""
    if not signs:
        return None
    after = bisect_left(signs, phrase.start, key=lambda sign: sign.end)
    beside = range(max(0, after - 1), min(len(signs), after + 2))
    nearest = min(beside, key=lambda at: _distance(document, phrase, signs[at]))
    sign = signs[nearest]
    if sign.label != "signed":
        return sign.label
    if any(_leads(document, signs[at], sign) for at in range(max(0, nearest - _SIGNS_BACK), nearest)):
        return "planned"
    start = min(sign.start, phrase.start)
    reach = Span(_clause(document, max(sentence.start, start - _BESIDE), start), max(sign.end, phrase.end) + _BESIDE)
    end = _told_of(document, sign, phrase, min(sentence.end, reach.end), grammar)
    is_earlier = _is_earlier(document, Span(reach.start, end), grammar)
    return "referenced" if is_earlier else "signed"


def _told_of(document: Document, sign: _Sign, phrase: Span, end: int, grammar: _Grammar) -> int:
    """How far behind it words tell when an agreement was signed: "signed a pact that replaces the one of 2019"."""
    apart = grammar.relative.search(document.folded, phrase.end, end) if sign.end <= phrase.start else None
    return apart.start() if apart else end


def _clause(document: Document, start: int, end: int) -> int:
    """Where the clause that ends there begins: behind the last comma."""
    return max(start, *(document.folded.rfind(comma, start, end) + 1 for comma in ",;:،؛"))


def _leads(document: Document, sign: _Sign, other: _Sign) -> bool:
    """True where a sign of the future stands before in the same clause: "is expected … the signing of"."""
    return sign.label == "planned" and not any(c in ",;،؛" for c in document.folded[sign.end : other.start])


def _is_earlier(document: Document, reach: Span, grammar: _Grammar) -> bool:
    """True where a date of an earlier year stands beside; a year of the publication is none."""
    for match in matches(grammar.earlier, document, reach):
        year = _YEAR.search(match[0])
        if not (year and document.published_on and document.published_on.startswith(year[0])):
            return True
    return False


def _distance(document: Document, phrase: Span, sign: _Sign) -> int:
    """Letters between a sign and a phrase; a sign behind the comma that ends a phrase stands farther."""
    if sign.start >= phrase.end:
        is_parted = document.folded.startswith(tuple(_COMMAS), phrase.end)
        return sign.start - phrase.end + is_parted * _PARTED
    return max(phrase.start - sign.end, 0)
