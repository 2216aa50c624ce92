"""The language of a text: its script, its stop words, and what the page declares where they leave a doubt."""

from __future__ import annotations

import re
from collections import Counter

from extractors.article.words import TABLES
from extractors.registry import packaged, read_toml

_WORD = re.compile(r"[^\W\d_]+")
_OTHERS = read_toml(packaged("article", "languages.toml"))
_STOPWORDS: dict[str, frozenset[str]] = {
    **{code: frozenset(table["stopwords"].split()) for code, table in TABLES.items()},
    **{code: frozenset(words.split()) for code, words in _OTHERS["stopwords"].items()},
}
_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, re.compile(pattern)) for code, pattern in _OTHERS["scripts"].items()
)
_FAR = re.compile("[\u0370-\u1dff\u2c00-\uffff]")
"""Letters of all scripts but the Latin one: where there are few, no script need be looked for."""
_SAMPLE = 3_000
_MOST_LETTERS, _KANA = 0.5, 0.15
"""Shares of letters of one script that make a text's script; Japanese mixes its own with Chinese signs."""
_BY_WORD: dict[str, tuple[str, ...]] = {}
for _code, _words in _STOPWORDS.items():
    for _word in _words:
        _BY_WORD[_word] = (*_BY_WORD.get(_word, ()), _code)


def find_language(text: str, declared: str | None = None) -> str | None:
    """ISO 639-1 of a text. The text decides; what is declared counts where that leaves a doubt."""
    sample = text[:_SAMPLE].lower()
    words = Counter(_WORD.findall(sample))
    letters = sum(len(word) * count for word, count in words.items())
    if letters < 20:
        return declared
    is_far = len(_FAR.findall(sample)) > min(_MOST_LETTERS, _KANA) * letters
    for code, pattern in _SCRIPTS if is_far else ():
        if len(pattern.findall(sample)) > (_MOST_LETTERS if code != "ja" else _KANA) * letters:
            return _in_script(code, words, declared)
    counts = _counted(words)
    if not counts:
        return declared
    (best, most), *rest = counts.most_common(2)
    if most < 0.08 * words.total():
        return declared or (best if most > 2 else None)
    if declared and declared != best and rest and counts[declared] > 0.9 * most:
        return declared
    return best


def _counted(words: Counter[str]) -> Counter[str]:
    """How many of the words are stop words of each language."""
    counts: Counter[str] = Counter()
    for word in words.keys() & _BY_WORD.keys():
        for code in _BY_WORD[word]:
            counts[code] += words[word]
    return counts


def _in_script(codes: str, words: Counter[str], declared: str | None) -> str:
    """Among the languages of one script: by stop words, else as declared, else the first."""
    known = codes.split("_")
    counts = _counted(words)
    best = max(known, key=lambda code: counts[code])
    if counts[best] > 0.05 * words.total():
        return best
    return declared if declared in known else known[0]
