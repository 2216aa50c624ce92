"""What is quoted in direct speech, and who says it?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from extractors.records import Quotation
from extractors.text import Span
from extractors.visits.document import Document
from extractors.visits.phrases import Pattern, Words, compile_phrases, words_of
from extractors.visits.speakers import find_speakers

_LEAST_WORDS = 4
_CERTAIN_WORDS = 8
_LONGEST = 6_000
_LONGEST_SINGLE = 600
_PAIRS = {"«": "»", "“": "”", "„": "“”"}
_MARKS = {mark: re.compile(rf"[{mark}{closing}]") for mark, closing in _PAIRS.items()}
_SINGLE = r"(?<![\w’'].)(?=[^\W\d_]\w*[ ,])"
_OPENING = re.compile(rf"«|“|„|\"(?<!=\")|''|’’|‘{_SINGLE}|'{_SINGLE}")
"""Each choice begins with its mark, so that a text is gone through quickly."""
_SINGLE_CLOSE = re.compile(r"[’'](?!\w)")
_NEXT_LINE = re.compile(r"\n\s*")


def find_quotations(document: Document) -> tuple[Quotation, ...]:
    """Direct speech of the body in order, quotation marks excluded, with its speaker as printed where that is certain.

    Fewer than four words in marks are no speech, nor is the name of a programme; what is short and said by nobody is
    left out as well.
    """
    words = words_of(document.language)
    quoted = tuple(span for span in quoted_spans(document.text) if not (words and _is_label(document, span, words)))
    speakers = find_speakers(document, quoted, words) if words else (None,) * len(quoted)
    return tuple(
        Quotation(document.text[span.start : span.end], speaker, span.start, span.end)
        for span, speaker in zip(quoted, speakers, strict=True)
        if speaker or len(document.text[span.start : span.end].split()) >= _CERTAIN_WORDS
    )


@cache
def _labels(words: Words) -> Pattern:
    return re.compile(compile_phrases(words.section("quotations")["labels"], words).pattern + r"\W*\Z")


def _is_label(document: Document, span: Span, words: Words) -> bool:
    """True for the name of a project, theme or forum that stands in marks."""
    return bool(_labels(words).search(document.folded, max(0, span.start - 40), span.start))


@lru_cache(maxsize=4)
def quoted_spans(text: str) -> tuple[Span, ...]:
    """The stretches between outermost quotation marks that hold four words or more, without the marks."""
    return tuple(_quoted(text))


def _quoted(text: str) -> Iterator[Span]:
    partners = {start: end for mark in _MARKS if mark in text for start, end in _partners(text, mark)}
    at = 0
    while opening := _OPENING.search(text, at):
        close = _close(text, opening, partners)
        if close is None:
            at = opening.end()
            continue
        inner = _trimmed(text, opening.end(), close[0])
        if len(text[inner.start : inner.end].split()) >= _LEAST_WORDS:
            yield inner
        at = close[1]


def _partners(text: str, mark: str) -> Iterator[tuple[int, int]]:
    """Every opening mark of one kind with its closing one, nested pairs too.

    A mark that opens a further paragraph of the same speech is no new one.
    """
    opened: list[int] = []
    for match in _MARKS[mark].finditer(text):
        if match[0] in _PAIRS[mark]:
            if opened and match.start() - (start := opened.pop()) <= _LONGEST:
                yield start, match.start()
        elif not opened or match.start() - opened[-1] > _LONGEST:
            opened = [match.start()]
        elif not _opens_line(text, match.start()):
            opened.append(match.start())


def _close(text: str, opening: re.Match[str], partners: Mapping[int, int]) -> tuple[int, int] | None:
    """Where the quotation ends: start and end of its closing mark, None where it is never closed."""
    mark = opening[0]
    if mark in _MARKS:
        end = partners.get(opening.start())
        return None if end is None else (end, end + 1)
    if mark in ('"', "''", "’’"):
        return _same_mark(text, mark, opening.end(), min(len(text), opening.end() + _LONGEST))
    limit = min(_paragraph_end(text, opening.end()), opening.end() + _LONGEST_SINGLE)
    close = _SINGLE_CLOSE.search(text, opening.end(), limit)
    return (close.start(), close.end()) if close else None


def _same_mark(text: str, mark: str, start: int, limit: int) -> tuple[int, int] | None:
    """The next such mark; where a paragraph stays open and the next one opens again, the speech goes on."""
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
    return text[max(0, at - 9) : at].rstrip(" \t\xa0*").endswith("\n")


def _paragraph_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
