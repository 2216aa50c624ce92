"""Names of people compared across spellings and scripts: as printed, then as they are heard.

No library in reach compares Arabic with Latin names (text-unidecode, which comes with others, turns Arabic letters into
Latin ones, but knows nothing of Khaled and Kaled, Chennaoui and Shennawy): so both are reduced to their consonants by
the small tables below.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

NAME, SPELLING, SCRIPT = "name", "spelling", "script"
"""How two names were found to be one: word by word, by another spelling, or across two scripts."""
UNSURE = "unsure"
"""Two scripts, and too few consonants to tell: the names neither agree nor differ."""

_WORD = re.compile(r"\w+")
_LEAST_SOUND = 3
"""Consonants that two names must share before they are taken for one across scripts."""
_LOOSE = frozenset(
    {
        "el", "al", "ould", "uld", "wuld", "ag", "ولد", "اغ", "mr", "mme", "mrs", "ms", "dr", "docteur", "doctor", "pr",
        "prof", "professeur", "prince", "princess", "princesse", "emir", "amir", "amb", "ambassador", "president",
        "general", "gen", "colonel", "col", "cheikh", "sheikh", "hadj", "haj", "sr", "sra", "don", "dona", "dom",
        "doutor", "king", "roi", "rey", "sir", "الشيخ", "شيخ", "الامير", "امير", "السيد", "سيد", "الدكتور", "دكتور",
        "الفريق", "اللواء", "العميد", "الرئيس", "الملك",
    }
)  # fmt: skip
"""Articles and honours that papers print or leave out, and that part nobody from anybody."""
_BOUND = frozenset({"ben", "bin", "ibn", "abd", "abdel", "abdul", "abdoul", "abou", "abu", "بن", "عبد", "ابو"})
"""Words that are written joined to the next one or apart from it."""
_PLAIN_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": "", "ء": "", "ı": "i",
     "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "e", "œ": "e", "پ": "ب", "ڤ": "ف", "گ": "غ", "چ": "ج"}
)  # fmt: skip
_ARABIC_SOUNDS = str.maketrans(
    {"ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "h", "خ": "x", "د": "d", "ذ": "d", "ر": "r", "ز": "z", "س": "s",
     "ش": "$", "ص": "s", "ض": "d", "ط": "t", "ظ": "d", "غ": "k", "ف": "f", "ق": "k", "ك": "k", "ل": "l", "م": "m",
     "ن": "n", "ه": "h", "و": "w", "ي": "y", "ا": "a", "ع": "a"}
)  # fmt: skip
_LATIN_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"x", "ks"), (r"tch|sch|sh|ch", "$"), (r"kh", "x"), (r"dj|dg(?=[ei])", "j"), (r"gh|gu(?=[eiy])", "k"),
        (r"ph|v", "f"), (r"th", "t"), (r"dh", "d"), (r"c(?=[eiy])", "s"), (r"ck|c|qu|q|g", "k"), (r"p", "b"),
        (r"^(?:ou|u)(?=[aeio])", "w"), (r"^i(?=[aou])", "y"), (r"gn", "n"),
    )
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiou]|(?<!^)[wy]|h$")


@dataclass(frozen=True, slots=True)
class Name:
    """A printed name, ready to be compared."""

    words: frozenset[str]
    """Without case, accents, doubled letters, articles; bound words joined to the next."""
    sounds: tuple[str, ...]
    """The consonants of each word."""
    is_arabic: bool


@lru_cache(maxsize=65536)
def read_name(text: str) -> Name:
    """A printed name as its words and their sounds."""
    words = _joined(_WORD.findall(plain(text)))
    kept = [word for word in words if word not in _LOOSE] or words
    is_arabic = any("\u0600" <= letter <= "\u06ff" for letter in text)
    return Name(
        frozenset(_DOUBLED.sub(r"\1", word) for word in kept), tuple(dict.fromkeys(map(sound, kept))), is_arabic
    )


def likeness(one: Name, other: Name) -> str | None:
    """NAME, SPELLING or SCRIPT where two names can be one person's, UNSURE, or None where they are two."""
    if one.words == other.words or agree(one.words, other.words):
        return NAME
    if one.is_arabic != other.is_arabic:
        return _across_scripts(one.sounds, other.sounds)
    short, long = sorted((one.words, other.words), key=lambda words: (len(words), sorted(words)))
    missing = sorted(short - long)
    left = set(long - short)
    for word in missing:
        fitting = next((held for held in sorted(left) if _spelt_alike(word, held)), None)
        if fitting is None:
            return None
        left.discard(fitting)
    return SPELLING if any(len(word) > 2 for word in short) else None


def agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether all words of the shorter name stand in the longer one; a single letter stands for a first name."""
    short, long = sorted((one, other), key=lambda words: (len(words), sorted(words)))
    missing = short - long
    if not missing:
        return True
    initials = {word for word in missing if len(word) == 1}
    return missing == initials and len(short) > len(initials) and initials <= {word[0] for word in long}


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """The consonants of one folded word, by one alphabet for Arabic and Latin letters."""
    if any("\u0600" <= letter <= "\u06ff" for letter in word):
        bare = word[2:] if word.startswith("ال") and len(word) > 4 else word
        heard = bare.translate(_ARABIC_SOUNDS)
    else:
        heard = _DOUBLED.sub(r"\1", word)
        for pattern, letter in _LATIN_SOUNDS:
            heard = pattern.sub(letter, heard)
    return _VOWELS.sub("", heard)


def folded_names(name: str) -> frozenset[str]:
    """The words of a name without case, accents and doubled letters."""
    return read_name(name).words


def plain(text: str) -> str:
    """Lower case without accents, vowel marks and the forms of one letter."""
    parted = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return parted.translate(_PLAIN_LETTERS).replace("-", " ").replace("'", "").replace("’", "")


def _joined(words: list[str]) -> list[str]:
    """Bound words with the next one, over an article between: abd el kader is abdelkader."""
    found: list[str] = []
    held = ""
    for n, word in enumerate(words):
        is_last = n == len(words) - 1
        if not is_last and (word in _BOUND or (held and word in ("el", "al"))):
            held += word
            continue
        found.append(held + word)
        held = ""
    return found


def _spelt_alike(one: str, other: str) -> bool:
    """Two words of one script that can be one name: the same consonants, an initial, or one letter apart."""
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    heard, also = sound(one), sound(other)
    if (heard == also and len(heard) > 1) or (min(len(heard), len(also)) > 3 and is_one_apart(heard, also)):
        return True
    return min(len(one), len(other)) > 4 and one[0] == other[0] and is_one_apart(one, other)


def _across_scripts(one: tuple[str, ...], other: tuple[str, ...]) -> str | None:
    short, long = sorted((one, other), key=lambda sounds: (len(sounds), sounds))
    left = [heard for heard in long if heard]
    shared = 0
    for heard in filter(None, short):
        fitting = next((held for held in left if held == heard), None) or next(
            (held for held in left if min(len(held), len(heard)) > 2 and is_one_apart(held, heard)), None
        )
        if fitting is None:
            continue
        left.remove(fitting)
        shared += len(heard)
    missed = sum(map(len, short)) - shared
    if shared >= _LEAST_SOUND and missed <= shared // 2:
        return SCRIPT
    return UNSURE if shared + missed < _LEAST_SOUND or (shared and not missed) else None


@lru_cache(maxsize=65536)
def is_one_apart(one: str, other: str) -> bool:
    """Whether one letter was changed, left out or put in."""
    if abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    n = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[n + (len(short) == len(long)) :] == long[n + 1 :]
