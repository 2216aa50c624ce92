"""What titles and sessions say, in whatever language: the portfolio of a minister, the number of a session."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from warehouse.resolve.names import plain

_FILE = Path(__file__).with_name("portfolios.toml")
_WORD = re.compile(r"\w+")
_ORDINALS = {
    stem: n
    for n, stems in enumerate(
        (
            "premier first primer primeir uniem اول اولي", "deux second segund ثان", "trois third tercer terceir ثالث",
            "quatr fourth cuart quart رابع", "cinq fifth quint خامس", "six sixth sext سادس",
            "sept seventh septim setim سابع", "huit eighth octav oitav ثامن", "neuv ninth noven nono nona تاسع",
            "dix tenth decim عاشر", "onz eleventh undecim حاديه حادي", "douz twelfth duodecim",
        ),
        1,
    )
    for stem in stems.split()
}  # fmt: skip
_TENS = {"vingt": 20, "twent": 20, "vigesim": 20, "عشرين": 20, "عشرون": 20, "عشر": 10, "trent": 30}
_ROMAN = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
_APOSTROPHE = re.compile("['’]")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


@lru_cache(maxsize=16384)
def portfolios(title: str | None) -> frozenset[str]:
    """What a minister's title is about, in the words of portfolios.toml; empty where it does not say."""
    if not title:
        return frozenset()
    words = [_bare(word) for word in _WORD.findall(plain(_APOSTROPHE.sub(" ", title)))]
    return frozenset(
        name for name, stems in _stems().items() if any(word.startswith(stem) for word in words for stem in stems)
    )


@lru_cache(maxsize=4096)
def session_number(text: str | None) -> int | None:
    """The number of a session printed as 3e, 23rd, troisième, XIV or الثالثة; None for what is none of these."""
    if not text:
        return None
    lowered = plain(text).translate(_DIGITS)
    if figures := re.search(r"\d+", lowered):
        return int(figures.group())
    words = [_bare(word) for word in _WORD.findall(lowered)]
    parts = [number for word in words if (number := _spelt(word)) is not None]
    return sum(parts) or None


def _spelt(word: str) -> int | None:
    if word and _ROMAN.fullmatch(word):
        values = [_ROMAN_VALUES[letter] for letter in word]
        return sum(-v if v < max(values[n:], default=0) else v for n, v in enumerate(values))
    tens = next((value for stem, value in _TENS.items() if word.startswith(stem)), None)
    return tens or next((n for stem, n in _ORDINALS.items() if word.startswith(stem)), None)


def _bare(word: str) -> str:
    """An Arabic word without its article and the letter that binds it to the one before."""
    for prefix in ("وال", "بال", "ال", "لل"):
        if word.startswith(prefix) and len(word) > len(prefix) + 2:
            return word[len(prefix) :]
    return word


@cache
def _stems() -> dict[str, tuple[str, ...]]:
    return {name: tuple(stems) for name, stems in tomllib.loads(_FILE.read_text(encoding="utf-8")).items()}
