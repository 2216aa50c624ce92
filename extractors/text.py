"""Running text: folded for matching at equal length, and parted into sentences whose offsets hold."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple


class Span(NamedTuple):
    """A stretch of a text: text[start:end]."""

    start: int
    end: int


_ARABIC_FOLDS = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ی": "ي"}
_SIGNS = {
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "\xa0": " ",
    "\u202f": " ", "\u2009": " ", "ı": "i", "ø": "o", "đ": "d", "ł": "l", "ß": "s", "،": ",", "؛": ";",
}  # fmt: skip


def _fold_letter(letter: str) -> str:
    """One letter for one letter: lower case, without its accents; what has no such form stays."""
    if letter in _SIGNS:
        return _SIGNS[letter]
    if letter in _ARABIC_FOLDS:
        return _ARABIC_FOLDS[letter]
    digit = unicodedata.decimal(letter, None)
    if digit is not None:
        return str(digit)
    base = unicodedata.normalize("NFD", letter.lower())[:1]
    return base if len(base) == 1 else letter


class _Folds(dict[int, str]):
    """Letters are folded once, when first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_letter(chr(code))
        return folded


_FOLDS = _Folds()
# Arabic vowel marks and the stretching stroke; a word with them is closed up, with spaces behind it for their number.
_MARKS = "\u0640\u064b-\u0652\u0670"
_MARK = re.compile(f"[{_MARKS}]")
_MARKED_WORD = re.compile(f"[\u0621-\u063f\u0641-\u064a]*[{_MARKS}][\u0621-\u0652\u0670]*")

_SHORT = 40
"""Up to so many letters the quick tables don't pay."""
_ASCII = "".join(map(chr, range(128)))
_LATIN = _ASCII + "".join(map(chr, range(160, 256))) + "’‘“”„‚–—…‐‑œŒ€•ʼ\u202f\u2009\u200b\u2028ŠšŽžŸıĞğ"
_ARABIC = (
    _ASCII
    + "".join(map(chr, (*range(0x621, 0x63B), *range(0x640, 0x653), *range(0x660, 0x66D))))
    + ("،؛؟٪ٰٱپچژڤکگی\xa0«»“”’‘–—…\u200e\u200fàâçéèêëîïôöùûüÉÈÀÇáíóúñãõ")
)


def _table(letters: str) -> tuple[Any, str]:
    """A code of 256 signs: how letters are written in it, and as what each sign is read, folded."""
    signs = letters.ljust(256, letters[-1])
    return codecs.charmap_build(signs), "".join(map(_fold_letter, signs))


_TABLES = (_table(_LATIN), _table(_ARABIC))


def fold(text: str) -> str:
    """The text for matching, as long as it was: lower case, no accents, plain quotes, dashes and digits.

    Offsets of a match are offsets of the text. Arabic letters that papers write either way (أ إ آ ا, ة ه) become one,
    and vowel marks leave the word: "سلّم" is read as "سلم ".
    """
    folded = _translated(text)
    return folded if folded.isascii() or not _MARK.search(folded) else _MARKED_WORD.sub(_closed_up, folded)


def _translated(text: str) -> str:
    """Letter for letter. Most texts can be written in a code of 256 signs, which is read four times as fast."""
    if len(text) > _SHORT:
        for written, read in _TABLES:
            try:
                return codecs.charmap_decode(codecs.charmap_encode(text, "strict", written)[0], "strict", read)[0]
            except UnicodeEncodeError:
                continue  # it holds a sign that this code lacks
    return text.translate(_FOLDS)


def _closed_up(word: re.Match[str]) -> str:
    letters = _MARK.sub("", word[0])
    return letters + " " * (len(word[0]) - len(letters))


def printed_end(text: str, folded: str, end: int) -> int:
    """Where a word that ends at `end` of the folded text ends as printed: behind the vowel marks that it bears."""
    while end < len(text) and folded[end] == " " and not text[end].isspace():
        end += 1
    return end


_PIECES = re.compile(r"\w+|\W+")
_LETTERED = re.compile(r"[^\W_]+|[\W_]+")


Tokens = tuple[Sequence[int], Sequence[str]]
_KEPT, _SENTENCE = 8, 400
"""Of so many texts the words are remembered, not of one as long as a sentence."""
_known_tokens: dict[tuple[str, bool], Tokens] = {}
_wholes: dict[str, tuple[str, int]] = {}


def tokens(text: str, *, parts_underscores: bool = False) -> Tokens:
    """Where each word of a text begins, and the words (`\\w+`, or `[^\\W_]+`), remembered for the texts last read."""
    key = text, parts_underscores and "_" in text
    return _known_tokens.get(key) or (_kept(key, _tokens(*key)) if len(text) > _SENTENCE else _tokens(*key))


def joined(head: str, tail: str) -> str:
    """Two texts as one; the head ends with white space, so that the words of the whole are known from its parts."""
    if not head:
        return tail
    whole = head + tail
    for parts_underscores in {False, "_" in whole}:
        (starts, words), (behind, more) = (tokens(part, parts_underscores=parts_underscores) for part in (head, tail))
        _kept((whole, parts_underscores), ([*starts, *map(len(head).__add__, behind)], [*words, *more]))
    if len(_wholes) >= _KEPT:
        _wholes.clear()
    _wholes[tail] = whole, len(head)
    return whole


def whole_of(tail: str) -> tuple[str, int] | None:
    """The text that was last joined with this one as its tail, and where in it the tail begins."""
    return _wholes.get(tail)


def _kept(key: tuple[str, bool], found: Tokens) -> Tokens:
    if len(_known_tokens) >= _KEPT:
        _known_tokens.clear()
    _known_tokens[key] = found
    return found


def _tokens(text: str, parts_underscores: bool) -> Tokens:
    """Words and what stands between them follow in turn, so that no place need be asked for word by word."""
    pieces = (_LETTERED if parts_underscores else _PIECES).findall(text)
    starts = list(accumulate(map(len, pieces), initial=0))
    first = 0 if pieces and (pieces[0][0].isalnum() or (pieces[0][0] == "_" and not parts_underscores)) else 1
    return starts[first:-1:2], pieces[first::2]


# A full stop behind one of these ends no sentence.
_ABBREVIATED = re.compile(
    r"(?:^|[\s(«\"'’“])(?:M|MM|Mme|Mlle|Mr|Mrs|Ms|Dr|Pr|Prof|Me|St|Ste|Gén|Gal|Col|Cdt|Lt|Cpt|Gen|Sen|Rep|Gov|Sgt|Hon|S\.E|S\.E\.M|"
    r"SEM|S|H\.E|H|E|Exc|Sr|Sra|Dra|Srta|Excmo|Ex|Exmo|Sro|Emb|Ing|Agr|Lic|Arq|Abg|Mtro|Mtra|Gral|Cnel|Tte|Drª|Eng|N|n°|no|art|al|cf|vs|etc|av|bd|tél|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|janv|févr|juil|déc|U\.S|U\.K|U\.N|U\.A\.E|"
    r"(?:Lt|Lieut|Maj|Brig|Vice|Div)\.?[ -]?(?:Gen|Col|Adm|Cdr)|Maj|Brig|Adm|Cdr|Capt|Engr|Amb|Alh|"
    r"[A-ZÀ-Þ]|(?:[A-ZÀ-Þ]\.)+[A-ZÀ-Þ])$"
)
_END = re.compile(
    r"[.!?؟…۔]+(?:[\s]?[»”]|[\"’)\]])*(?:(?=\s|$)|(?<=۔)|"
    # no space was set behind it: "de travail.Le ministre", but not "Lefaso.net", "S.E.M", "d.Ahmed"
    r"(?<=[a-zß-ÿ]{2}[.!?…])(?=[A-ZÀ-Þ][a-zß-ÿ'’ ])|(?<=[ء-ي]{2}[.!؟])(?=[ء-ي]{2}))"
)
_OPENING = re.compile(r"[\s]*[«\"“‘(\[—–-]*\s*")
_PARAGRAPH = re.compile(r"\n\s*")


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text in order, without the white space around them; none crosses a line break."""
    found: list[Span] = []
    start = 0
    for line in _PARAGRAPH.finditer(text):
        found.extend(_line_sentences(text, start, line.start()))
        start = line.end()
    found.extend(_line_sentences(text, start, len(text)))
    return tuple(found)


def _line_sentences(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    begin = start
    for match in _END.finditer(text, start, end):
        stop = match.end()
        if stop < end and not _is_end(text, match, stop, end):
            continue
        found.append(_trimmed(text, begin, stop))
        begin = stop
    if begin < end:
        found.append(_trimmed(text, begin, end))
    return [span for span in found if span.end > span.start]


def _is_end(text: str, match: re.Match[str], stop: int, end: int) -> bool:
    following = _OPENING.match(text, stop, end)
    at = following.end() if following else stop
    if at < end and text[at].islower():
        return False
    return text[match.start()] != "." or not _ABBREVIATED.search(text, max(0, match.start() - 14), match.start())


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
