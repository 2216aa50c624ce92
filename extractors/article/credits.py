"""Lines that say who, when and whence, not what: dates, bylines, signatures, credits of pictures."""

from __future__ import annotations

import re
from collections.abc import Collection

from extractors.article.days import read_moment
from extractors.article.words import TABLES, alternatives, plain
from extractors.text import fold


def _all(*keys: str) -> list[str]:
    return [phrase for table in TABLES.values() for key in keys for phrase in table.get(key, ())]


BY_WORDS = {word for phrase in _all("by") for word in plain(phrase).split()}
"""Words that announce who signs."""
_MONTHS = {word for table in TABLES.values() for name in table.get("months", {}) for word in plain(name).split()}
_AROUND_DATES = {
    word for phrase in _all("around_dates", "published", "updated") for word in plain(phrase).split()
} | _MONTHS
_NUMBER = re.compile(r"\d{1,4}(?:h\d{0,2}|er|st|nd|rd|th)?$")
_BY = re.compile(rf"[\W_]*(?:{alternatives(_all('by_starts'))})(?!\w)[\W_]*(?P<name>.)")
_CREDIT = alternatives(_all("credit"))
_CREDIT_LINE = re.compile(rf"\W*(?:©|\(c\)|(?:{_CREDIT})\s*(?:[:/©|]|\())")
_CREDIT_END = re.compile(rf"(?:(?<!\w)(?:{_CREDIT})s?\s*[:©/]|©)\s*(?:[^.!?:]|(?<=\b\w)\.){{2,80}}\W*$")
_CREDIT_SIGN = re.compile(r"[:©/]")
"""What no caption that ends in a credit is without; few paragraphs have one."""
_SIGN = r"(?:[A-ZÀ-Þ]{1,2}\.[ -]?){1,4}|[A-ZÀ-Þ]{2,8}|[a-z]{2,5}"
_SIGNATURE = re.compile(rf"[\W_]*(?:(?:{_SIGN})[\s/()&,;+-]*){{1,5}}$")
_RIGHTS = re.compile(rf"(?:{alternatives(_all('rights'))})")
_DONE = re.compile(rf"(?:{alternatives(_all('done'))})(?!\w)")
"""What opens the last line of a communiqué, which is part of it: "Fait à Conakry, le 20 février 2025"."""
_CLOCK = re.compile(r"\d ?[:hH] ?\d")
_LONGEST_DAY = 6
_LONGEST_CREDIT, _LONGEST_DATE, _LONGEST_SIGNATURE = 250, 120, 30


def is_date_line(text: str, names: Collection[str] = ()) -> bool:
    """A line that says when, and at most two words more; `names` are words that don't count, those of who signs."""
    if len(text) > _LONGEST_DATE or not any(letter.isdigit() for letter in text):
        return False
    if _DONE.match(fold(text)):
        return False
    words = plain(text).split()
    others = [word for word in words if word not in _AROUND_DATES and word not in names and not _NUMBER.match(word)]
    return len(others) <= min(2, len(words) // 3) and (read_moment(text) is not None or not others)


def is_day_heading(text: str) -> bool:
    """ "Lundi 11 novembre :": a date line that opens with the name of a day and tells no hour."""
    words = text.split()
    is_short = bool(words) and len(words) <= _LONGEST_DAY and words[0].strip(",:.").isalpha()
    return is_short and not _CLOCK.search(text) and is_date_line(text)


def is_byline(text: str) -> bool:
    """A short line that begins with "Par", "By", "بقلم" and a name."""
    if len(text) > 140 or len(text.split()) > 16:
        return False
    match = _BY.match(fold(text))
    if match is None:
        return False
    first = text[match.start("name")]
    is_sentence = text.rstrip().endswith((".", "!", "?", ":", "؟")) and len(text.split()) > 6
    return not is_sentence and (first.isupper() or not (first.islower() or first.isdigit()))


def is_notice(text: str) -> bool:
    """A short line that claims the rights of the paper."""
    return len(text) <= _LONGEST_CREDIT and _RIGHTS.search(fold(text)) is not None


def is_credit(text: str) -> bool:
    """A picture's credit on a line of its own, or a caption that ends in one."""
    if len(text) > _LONGEST_CREDIT:
        return False
    folded = fold(text)
    return bool(_CREDIT_LINE.match(folded) or (_CREDIT_SIGN.search(folded) and _CREDIT_END.search(folded)))


def is_signature(text: str) -> bool:
    """The initials, agency or abbreviations that sign below the last paragraph: "AK/MD (AHD)", "APS", "(dpa/afp)"."""
    return len(text) <= _LONGEST_SIGNATURE and _SIGNATURE.match(text) is not None and text.lower() != text.title()
