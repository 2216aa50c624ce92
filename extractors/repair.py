"""Encoding damage in a text, mended only where it is certain, counted and listed."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable

from extractors.records import Repair

# œ and Œ lost to the £ and ½ that stand in their place in ISO-8859-15 and old Mac sets: only inside a word that
# French writes with œ; a £ before an amount is money.
_OE = re.compile(
    r"(?<![^\W\d_])(?:(?P<a>[£½¼])(?=uvr|uf|il(?!s)|dème|cumén|strog)"
    r"|(?P<b>[CcSsBbNnVvMm])(?P<c>[£½¼])(?=ur|uf|ud|uds|urs)|(?P<d>man)(?P<e>[£½¼])(?=uvr))"
)
_LOST_OE = re.compile("[£½¼]")
_MOJIBAKE = re.compile(r"[ÃÂâØÙÐÑ][\u0080-\u00bf‘’“”„†‡•…‰‹›€™œšžŸƒ–—ˆ˜¡-¿][^\s<>]{0,40}")
_C1 = re.compile("[\x80-\x9f]")
_TWICE_ENCODED = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|[a-zA-Z]{2,8}\d?);")
_LOST = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b]")


def repair(text: str) -> tuple[str, tuple[Repair, ...]]:
    """(mended text, what was mended). Undamaged text comes back as it was, with no repairs.

    Mends HTML entities encoded twice, UTF-8 read as windows-1252 ("Ã©"), control characters 0x80-0x9F that are
    windows-1252, and "£uvre", "c½ur". Invisible control characters are dropped without being counted.
    """
    counts: Counter[tuple[str, str]] = Counter()
    text = _LOST.sub("", text)
    for sign, pattern, mend in _STEPS:
        if sign.search(text):
            text = pattern.sub(_counting(mend, counts), text)
    return text, tuple(Repair(damaged, mended, count) for (damaged, mended), count in counts.items())


def _counting(mend: Callable[[re.Match[str]], str], counts: Counter[tuple[str, str]]) -> Callable[[re.Match[str]], str]:
    def replace(match: re.Match[str]) -> str:
        mended = mend(match)
        if mended != match.group():
            counts[_word(match), _word(match, mended)] += 1
        return mended

    return replace


def _word(match: re.Match[str], mended: str | None = None) -> str:
    """The whole word around a match, with the match as printed or as mended."""
    text, start, end = match.string, match.start(), match.end()
    while start and (text[start - 1].isalpha()) and match.start() - start < 30:
        start -= 1
    while end < len(text) and text[end].isalpha() and end - match.end() < 30:
        end += 1
    return text[start : match.start()] + (match.group() if mended is None else mended) + text[match.end() : end]


def _mend_entity(match: re.Match[str]) -> str:
    character = html.unescape(match.group())
    return match.group() if len(character) != 1 or character in "<>&" else character


def _mend_mojibake(match: re.Match[str]) -> str:
    from ftfy import fix_encoding  # few texts need it, and every reader would wait for it as it starts

    return fix_encoding(match.group())


def _mend_control(match: re.Match[str]) -> str:
    return match.group().encode("latin-1").decode("cp1252", "ignore") or match.group()


def _mend_oe(match: re.Match[str]) -> str:
    whole = match.group()
    is_capital = match.group("a") is not None and match.string[match.end() : match.end() + 1].isupper()
    return re.sub("[£½¼]", "Œ" if is_capital else "œ", whole)


_STEPS: tuple[tuple[re.Pattern[str], re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_TWICE_ENCODED, _TWICE_ENCODED, _mend_entity),
    (_MOJIBAKE, _MOJIBAKE, _mend_mojibake),
    (_C1, _C1, _mend_control),
    (_LOST_OE, _OE, _mend_oe),
)
"""What a damage can't be without, quickly looked for; the damage; and how it is mended."""
