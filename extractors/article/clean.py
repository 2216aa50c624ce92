"""Which of an article's lines a reader reads as the article; the rest goes to related links, captions, or nowhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from extractors.article.blocks import Line, Link
from extractors.article.byline import is_person
from extractors.article.credits import BY_WORDS, is_byline, is_credit, is_date_line, is_day_heading, is_notice
from extractors.article.dateline import is_dateline
from extractors.article.words import (
    BOX,
    COUNTER_WORDS,
    ENDINGS,
    FURNITURE,
    FURNITURE_START,
    NETWORKS,
    PAYWALL,
    RELATED_END,
    RELATED_OPENER,
    SHARE_WORDS,
    SOURCE_LINE,
    plain,
)  # fmt: skip
from extractors.records import RelatedLink
from extractors.text import fold

_NO_TEXT = frozenset(("related", "gone", "comments", "byline", "date", "meta"))
_CAPITAL_LABEL = re.compile(r"(?P<opener>[A-ZÀ-Þ][A-ZÀ-Þ\s'’]{3,40})(?P<sign>\s*[:|>]\s*)")
_COMPARED = 300
"""Characters of a line that are enough to know it by."""
_OPENER_WITHIN, _SHORT, _LONG = 80, 90, 100
_SIGNS = '.,;:!?»”")]}…>|→ -–—('


@dataclass(slots=True)
class Cleaned:
    """What the lines came to."""

    body: list[Line] = field(default_factory=list)
    related: list[RelatedLink] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    is_truncated: bool = False
    signer: str | None = None
    """A name on a line of its own below the text."""


def clean_lines(
    lines: Sequence[Line],
    headline: str | None,
    absolute: Callable[[str], str | None],
    signed: Collection[str] = (),
) -> Cleaned:
    """Sort the lines of the article. `absolute` completes a link's address; `signed` are the names of who signs."""
    cleaned = Cleaned()
    title = plain(headline or "")
    names = {plain(name) for name in signed}
    opened: Literal["collect", "drop", ""] = ""
    for line in behind_headline(lines, title):
        words = plain(line.text[:_COMPARED])
        if not words:
            continue
        if opened and is_link(line):
            if opened == "collect" and words:
                cleaned.related.append(_related(line.text, line.links, absolute))
            continue
        if ends_text(line, words) and sum(len(text.text) > _LONG for text in cleaned.body) > 1:
            break
        opened = opens(line, words)
        if opened or _is_taken(cleaned, line, words, absolute):
            continue
        if line.mark in _NO_TEXT or line.is_aside or words == title or words in names or is_furniture(line, words):
            continue
        line, links = cut_related(line, absolute)
        cleaned.related.extend(links)
        if line.text:
            cleaned.body.append(line)
    cleaned.body = trimmed(cleaned.body, {word for name in names for word in name.split()})
    if len(cleaned.body) > 2 and _is_signer(cleaned.body[-1]):
        cleaned.signer = cleaned.body.pop().text
    return cleaned


def _is_signer(line: Line) -> bool:
    """A last line that is a name in capitals and nothing else, in bold or without small words."""
    words = line.text.split()
    if not 2 <= len(words) <= 4 or len(line.text) > 40 or line.kind not in ("paragraph", "cell") or line.links:
        return False
    is_name = all(
        word[0].isupper() and word.strip(".-'’").replace("-", "").replace("'", "").isalpha() for word in words
    )
    return is_name and not line.text.isupper() and is_person(line.text)


def _is_taken(cleaned: Cleaned, line: Line, words: str, absolute: Callable[[str], str | None]) -> bool:
    """Whether a line went elsewhere: to captions, to related links, or it says that only a part is shown."""
    if line.mark == "caption" or (is_credit(line.text) and not is_notice(line.text)):
        cleaned.captions.extend(() if is_date_line(line.text) else (line.text,))
        return True
    if PAYWALL.match(words) and len(line.text) < 300:
        cleaned.is_truncated = True
        return True
    found = read_related(line, absolute)
    cleaned.related.extend(found)
    return bool(found)


def trimmed(body: list[Line], names: Collection[str] = ()) -> list[Line]:
    """Without what stands around the text: bylines and dates above, bylines and loose intertitles below, repeats."""
    counts = Counter(line.text for line in body)
    days = _programme(body)
    kept: list[Line] = []
    seen: set[str] = set()
    for line in body:
        is_head = len(kept) < _HEAD_PARAGRAPHS
        if line.text in days or (not kept and is_dateline(line.text)):
            kept.append(line)
            continue
        if is_date_line(line.text, BY_WORDS.union(names) if is_head else ()) or (is_head and is_byline(line.text)):
            continue
        if line.text in seen and (len(line.text) > 40 or counts[line.text] > 2):
            continue
        seen.add(line.text)
        kept.append(line)
    while len(kept) > 1 and (kept[-1].kind == "heading" or is_byline(kept[-1].text)):
        kept.pop()
    return kept


def _programme(body: Sequence[Line]) -> set[str]:
    """The days that head the parts of a programme: two or more, each with something below it."""
    below = pairwise(body[1:])
    days = {line.text for line, after in below if is_day_heading(line.text) and not is_date_line(after.text)}
    return days if len(days) > 1 else set()


_HEAD_LINES = 12
_HEAD_PARAGRAPHS = 5


def behind_headline(lines: Sequence[Line], title: str) -> Sequence[Line]:
    """The lines below the headline, where it is printed among the first of them; else all."""
    for n, line in enumerate(lines[:_HEAD_LINES]):
        if line.kind == "title" or (title and len(line.text) < 400 and plain(line.text) == title):
            return lines[n + 1 :]
        if len(line.text) > 400:
            break
        start = 0
        for end in (*line.breaks, len(line.text)):
            if title and plain(line.text[start:end]) == title:
                rest = [line.cut(0, end), *lines[n + 1 :]]
                return rest if end < len(line.text) else lines[n + 1 :]
            start = end
    return lines


def ends_text(line: Line, words: str) -> bool:
    """A heading that announces the readers' comments, with or without their number."""
    if line.kind != "heading" and line.bold < 0.9 * len(line.text):
        return False
    return len(words) <= _SHORT and " ".join(word for word in words.split() if not word.isdigit()) in ENDINGS


def is_furniture(line: Line, words: str) -> bool:
    """Share bars, newsletter calls, lone links: nothing that the article says."""
    size = len(line.text)
    if is_notice(line.text) or (size <= _SHORT and _is_bar(line, words)):
        return True
    if words in FURNITURE or (size < 250 and FURNITURE_START.match(words)):
        return True
    if line.linked > 0.8 * size and size < 200:
        return True
    ends_in_link = bool(line.links) and line.links[-1].end >= size - 1
    return (
        ends_in_link and line.linked > 0.5 * size and size < 160 and not line.text.endswith((".", "!", "…", "»", "”"))
    )


def _is_bar(line: Line, words: str) -> bool:
    """Share bars ("Partager : Facebook, WhatsApp"), counters ("Lu 312 fois"), and where a text was taken from."""
    tokens = words.split()
    if all(token in SHARE_WORDS for token in tokens) and len(tokens) > 1:
        return any(token in NETWORKS for token in tokens)
    has_number = any(token.isdigit() for token in tokens)
    if has_number and len(tokens) > 1 and all(token.isdigit() or token in COUNTER_WORDS for token in tokens):
        return True
    return SOURCE_LINE.match(fold(line.text)) is not None


def opens(line: Line, words: str) -> Literal["collect", "drop", ""]:
    """Whether a line announces links only: those of the article ("Lire aussi :"), or a box of the page."""
    if len(words) > 60 or line.linked:
        return ""
    if (box := BOX.match(words)) and (line.kind == "heading" or box.end() == len(words)):
        return "drop"
    folded = fold(line.text)
    match = RELATED_OPENER.match(folded)
    return "collect" if match is not None and not plain(folded[match.end() :]) else ""


def is_link(line: Line) -> bool:
    """A line that is a link and nothing else."""
    return line.linked > 0.6 * len(line.text)


def read_related(line: Line, absolute: Callable[[str], str | None]) -> list[RelatedLink]:
    """The related links of a line that is nothing else; empty where it is text."""
    folded = fold(line.text[:_OPENER_WITHIN])
    match = _capitals(line) or RELATED_OPENER.match(folded) or _labelled(folded, line)
    if match is None:
        return []
    rest = line.text[match.end() :].strip(_SIGNS)
    if not plain(rest):
        return []
    linked = sum(max(0, link.end - max(link.start, match.end())) for link in line.links)
    has_sign = bool(match["sign"].strip())
    is_loud = line.text[match.start("opener") : match.end("opener")].isupper()
    is_strong = bool(linked) or is_loud or len(match["opener"]) > 7
    if linked > 0.6 * len(rest) or (has_sign and is_strong and len(rest) < 250):
        return [_related(rest, line.links, absolute)]
    return []


def _capitals(line: Line) -> re.Match[str] | None:
    """Capitals before a link ("LIRE ICI | …")."""
    label = _CAPITAL_LABEL.match(line.text) if line.links else None
    return label if label and label.end() >= line.links[0].start else None


def _labelled(folded: str, line: Line) -> re.Match[str] | None:
    """An opener behind a label, in a line that is a link ("Réservé aux abonnés Lire aussi …")."""
    if not line.links or line.linked <= 0.6 * len(line.text):
        return None
    found = next(RELATED_OPENER.finditer(folded, 0, 60), None)
    return found if found and len(found["opener"]) > 7 else None


def _related(text: str, links: Sequence[Link], absolute: Callable[[str], str | None]) -> RelatedLink:
    return RelatedLink(text.strip(), absolute(links[0].href) if links else None)


def cut_related(line: Line, absolute: Callable[[str], str | None]) -> tuple[Line, list[RelatedLink]]:
    """A paragraph without the "Lire aussi" links inside it, and these links."""
    found: list[RelatedLink] = []
    for link in reversed(line.links):
        label = line.text[link.start : link.end]
        if not plain(label):
            continue
        match = RELATED_OPENER.match(fold(label))
        if match and len(match["opener"]) > 5 and match["sign"].strip() and label[match.end() :].strip(_SIGNS):
            found.append(RelatedLink(label[match.end() :].strip(_SIGNS), absolute(link.href)))
            line = _without(line, link.start, link.end)
            continue
        opener = RELATED_END.search(fold(line.text[max(0, link.start - _OPENER_WITHIN) : link.start]))
        if opener and link.start > len(opener[0]):
            found.append(RelatedLink(label.strip(), absolute(link.href)))
            line = _without(line, link.start - len(opener[0]), link.end)
    return line, found[::-1]


def _without(line: Line, start: int, end: int) -> Line:
    text = line.text
    while start and text[start - 1] in " ([>|→–—-":
        start -= 1
    while end < len(text) and text[end] in ")] ":
        end += 1
    return line.cut(start, end)
